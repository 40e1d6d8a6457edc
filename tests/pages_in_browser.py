"""What the tests ask of a page in a browser."""

from playwright.sync_api import Page, expect

TALL = "() => Math.ceil(document.querySelector('.stMainBlockContainer').scrollHeight)"

OVERFLOW = """() => {
  const wide = document.documentElement.clientWidth, found = []
  for (const one of document.querySelectorAll('.stMain *')) {
    if (one.closest('.scroll, .stSelectbox, [data-testid=stFileUploader]')) continue
    const box = one.getBoundingClientRect()
    if (box.width && box.right > wide + 1 && !one.closest('svg'))
      found.push(one.tagName + '.' + one.className + ' ' + Math.round(box.right))
  }
  return found.slice(0, 5)
}"""
"""What reaches beyond the right edge, tables that scroll in their own box left out."""

CONTRASTS = """() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true})
  const rgb = (colour) => {
    canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1)
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3)
  }
  const light = (c) => {
    const linear = (v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4
    const [r, g, b] = c.map((v) => linear(v / 255))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const ratio = (a, b) => {
    const [x, y] = [light(rgb(a)), light(rgb(b))].sort((m, n) => n - m)
    return (x + 0.05) / (y + 0.05)
  }
  const page = getComputedStyle(document.querySelector('.stApp')).backgroundColor, found = []
  for (const drawing of document.querySelectorAll('.drawing svg')) {
    const shades = [...drawing.querySelectorAll('rect[class^=shade]')]
    for (const text of drawing.querySelectorAll('text')) {
      const box = text.getBoundingClientRect()
      const x = box.x + box.width / 2, y = box.y + box.height / 2
      const under = shades.filter((one) => {
        const b = one.getBoundingClientRect()
        return b.left <= x && x <= b.right && b.top <= y && y <= b.bottom
      }).at(-1)
      const behind = under ? getComputedStyle(under).fill : page
      const got = ratio(getComputedStyle(text).fill, behind)
      if (got < 4.5) found.push(`${text.textContent}: ${got.toFixed(2)}`)
    }
    const kinds = '.fill-focus, .fill-grey, .fill-other, .line-focus, .line-other, .line-ink, ' +
      '.line-edge'
    for (const mark of drawing.querySelectorAll(kinds)) {
      const got = ratio(getComputedStyle(mark).stroke, page)
      if (got < 3) found.push(`${mark.getAttribute('class')}: ${got.toFixed(2)}`)
    }
  }
  return [...new Set(found)]
}"""
"""Text in charts under 4.5 to 1, and marks under 3 to 1: axe looks at neither."""


DRAWN = """() => {
  const foot = document.querySelector('.foot')
  return foot && document.querySelectorAll('.exhibit').length === +foot.dataset.exhibits
    && !document.querySelector('[data-testid=stSkeleton]')
    && [...document.querySelectorAll('.drawing')].every((one) => one.querySelector('svg'))
}"""
"""True once every exhibit is there and drawn, and nothing still stands for what is to come:
the menu's links wait for a script of their own, which a busy machine serves late."""


STILL = """() => new Promise((done) => {
  const moving = () => document.getAnimations().some((one) => one.playState === 'running')
  let calm = 0
  const look = () => {
    calm = moving() ? 0 : calm + 1
    calm > 2 ? done() : requestAnimationFrame(look)
  }
  look()
})"""
"""Done once nothing has moved for three frames: charts have fitted themselves to the room."""


def settled(page: Page) -> None:
    """Wait until nothing runs and a page, its menu included, is drawn."""
    page.wait_for_selector("[data-test-script-state='notRunning']")
    page.wait_for_function(DRAWN)


def darkened(page: Page) -> None:
    """Give the page dark colours, and wait until it wears them."""
    page.emulate_media(color_scheme="dark")
    expect(page.locator(".stApp")).to_have_css("background-color", "rgb(15, 18, 20)")
    page.evaluate(STILL)


def look(page: Page, label: str, option: str) -> None:
    """Choose an option of a choice, with the mouse and by typing as a reader does."""
    box = page.get_by_role("combobox", name=label).first
    box.click()
    box.fill(option)
    page.get_by_role("option", name=option, exact=True).first.click()
    settled(page)


def follow(page: Page, words: str) -> None:
    """Click a link of the page by its words."""
    before = page.locator("h1").inner_text()
    page.locator(".stMain").get_by_role("link", name=words).click()
    expect(page.locator("h1")).not_to_have_text(before)
    settled(page)

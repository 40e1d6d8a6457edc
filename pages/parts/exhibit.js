// Shows a chart at the width there is, and hands it out as PNG, SVG or CSV. Nothing is fetched.
const NS = "http://www.w3.org/2000/svg"

function save(blob, name) {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10000)
}

// The drawing with its title and source around it, so that a picture can be traced.
function poster(data) {
  const inner = new DOMParser().parseFromString(data.drawings.at(-1).svg, "image/svg+xml").documentElement
  const width = +inner.getAttribute("width"), height = +inner.getAttribute("height")
  const outer = document.createElementNS(NS, "svg")
  outer.setAttribute("xmlns", NS)
  outer.setAttribute("width", width + 48)
  const tall = height + (data.symbols ? 162 : 140)
  outer.setAttribute("height", tall)
  outer.setAttribute("viewBox", `0 0 ${width + 48} ${tall}`)
  outer.setAttribute("font-family", "Arial, Liberation Sans, sans-serif")
  const add = (name, attributes, words) => {
    const part = document.createElementNS(NS, name)
    for (const [key, value] of Object.entries(attributes)) part.setAttribute(key, value)
    if (words) part.textContent = words
    outer.append(part)
  }
  add("title", {}, data.alt)
  add("rect", { width: "100%", height: "100%", fill: "#ffffff" })
  add("text", { x: 24, y: 38, "font-size": 22, "font-weight": 700, fill: "#0b0c0c" }, data.title)
  inner.setAttribute("x", 24)
  add("text", { x: 24, y: 62, "font-size": 15, fill: "#484f54" }, data.about)
  inner.setAttribute("y", 80)
  outer.append(inner)
  add("text", { x: 24, y: height + 120, "font-size": 13, fill: "#484f54" }, data.source)
  if (data.symbols) add("text", { x: 24, y: height + 142, "font-size": 13, fill: "#484f54" }, data.symbols)
  return [new XMLSerializer().serializeToString(outer), width + 48, tall]
}

function png(text, width, height, done) {
  const image = new Image()
  image.onload = () => {
    const canvas = document.createElement("canvas")
    canvas.width = 2 * width
    canvas.height = 2 * height
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height)
    canvas.toBlob(done, "image/png")
  }
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text)
}

export default function ({ data, parentElement }) {
  const box = parentElement.querySelector(".exhibit-box")
  const open = [...box.querySelectorAll("details")].map((one) => one.open)
  box.innerHTML = data.html
  box.querySelectorAll("details").forEach((one, n) => { if (open[n]) one.open = true })
  const place = box.querySelector(".drawing")
  // The observer tells the room there is, at once and whenever it changes: to ask for it here would
  // have the browser lay out the whole page anew for every chart.
  const watch = new ResizeObserver(([seen]) => {
    const room = seen.contentRect.width || 280
    const best = data.drawings.filter((one) => one.width <= room).at(-1) || data.drawings[0]
    if (place.dataset.width !== String(best.width)) {
      place.dataset.width = best.width
      place.innerHTML = best.svg
    }
  })
  if (place) watch.observe(place)
  box.querySelectorAll("[data-save]").forEach((button) => {
    button.onclick = () => {
      const kind = button.dataset.save
      if (kind === "csv") return save(new Blob(["\ufeff" + data.csv], { type: "text/csv;charset=utf-8" }), data.name + ".csv")
      const [text, width, height] = poster(data)
      if (kind === "svg") return save(new Blob([text], { type: "image/svg+xml" }), data.name + ".svg")
      png(text, width, height, (blob) => save(blob, data.name + ".png"))
    }
  })
  return () => watch.disconnect()
}

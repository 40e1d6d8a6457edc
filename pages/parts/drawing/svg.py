"""The few shapes that the charts are drawn with.

Colours are attributes, so that a saved drawing stands alone; each mark also has a class, by which
the style sheet recolours it on dark, in print and under forced colours.
"""

from collections.abc import Iterable
from html import escape

INK, QUIET, FOCUS, GREY, EDGE, GRID = (
    "#0b0c0c",
    "#484f54",
    "#12436D",
    "#BFBFBF",
    "#6f777b",
    "#d5d9dc",
)
SERIES = ("#12436D", "#28A197", "#801650", "#F46A25")
COLOURS = {"focus": FOCUS, "grey": GREY, "other": "#801650", "ink": INK}
SIZE, LINE = 15, 18
WIDTHS = (280, 430, 620, 780)


def drawing(width: int, height: float, parts: Iterable[str]) -> str:
    """Return a whole drawing; its words are said by the alternative text around it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:.0f}" '
        f'width="{width}" height="{height:.0f}" font-family="Arial, Liberation Sans, sans-serif" '
        f'font-size="{SIZE}" aria-hidden="true" focusable="false">{"".join(parts)}</svg>'
    )


def text(  # noqa: PLR0913 - all but three have a default
    x: float,
    y: float,
    words: str,
    *,
    anchor: str = "start",
    quiet: bool = False,
    bold: bool = False,
) -> str:
    """Return words with their baseline at y."""
    kind, colour = ("quiet", QUIET) if quiet else ("ink", INK)
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" class="{kind}" fill="{colour}"'
        f"{weight}>{escape(words)}</text>"
    )


def line(  # noqa: PLR0913, PLR0917 - a line is its four ends
    x1: float, y1: float, x2: float, y2: float, kind: str = "grid", dash: str = ""
) -> str:
    """Return a straight line; kinds are `grid`, `edge`, `focus`, `other`, `ink`."""
    colour = {"grid": GRID, "edge": EDGE, "case": "#ffffff"} | COLOURS
    width = {"grid": 1, "edge": 1.5, "case": 6}.get(kind, 2.5)
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="line-{kind}" '
        f'stroke="{colour[kind]}" stroke-width="{width}"{dashed}/>'
    )


def rect(box: tuple[float, float, float, float], kind: str, tip: str = "") -> str:
    """Return a filled box (x, y, width, height) with an edge, and words that show on hovering."""
    x, y, width, height = box
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{height:.1f}" '
        f'class="fill-{kind}" fill="{COLOURS[kind]}" stroke="{_edge(kind)}">{_tip(tip)}</rect>'
    )


def dot(x: float, y: float, r: float, kind: str, tip: str = "") -> str:
    """Return a filled circle with an edge."""
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r}" class="fill-{kind}" fill="{COLOURS[kind]}" '
        f'stroke="{_edge(kind)}">{_tip(tip)}</circle>'
    )


def dots(spots: Iterable[tuple[float, str]], y: float, r: float, kind: str) -> str:
    """Return dots side by side with their tips, their look said once for all of them."""
    drawn = "".join(
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{r:.1f}">{_tip(tip)}</circle>' for x, tip in spots
    )
    return f'<g class="fill-{kind}" fill="{COLOURS[kind]}" stroke="{_edge(kind)}">{drawn}</g>'


def diamond(x: float, y: float, r: float, kind: str, tip: str = "") -> str:
    """Return a filled diamond with an edge, which differs from a dot without its colour."""
    points = f"{x:.1f},{y - r:.1f} {x + r:.1f},{y:.1f} {x:.1f},{y + r:.1f} {x - r:.1f},{y:.1f}"
    return (
        f'<polygon points="{points}" class="fill-{kind}" fill="{COLOURS[kind]}" '
        f'stroke="{_edge(kind)}">{_tip(tip)}</polygon>'
    )


def path(points: Iterable[tuple[float, float]], kind: str, dash: str = "") -> str:
    """Return a line through points."""
    found = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    colour = {"edge": EDGE} | COLOURS
    return (
        f'<polyline points="{found}" class="line-{kind}" fill="none" stroke="{colour[kind]}" '
        f'stroke-width="{1.5 if kind == "edge" else 2.5}"{dashed}/>'
    )


def _edge(kind: str) -> str:
    return EDGE if kind == "grey" else COLOURS[kind]


def _tip(words: str) -> str:
    return f"<title>{escape(words)}</title>" if words else ""


def wide(words: str, *, bold: bool = False) -> float:
    """Return about how wide words are."""
    return (0.57 if bold else 0.53) * SIZE * len(words)


def cut(words: str, width: float) -> str:
    """Return words cut to a width, with an ellipsis where they were longer."""
    most = max(int(width / (0.53 * SIZE)), 2)
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def folded(words: str, width: float, *, bold: bool = False) -> list[str]:
    """Return words folded to a width."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if wide(longer, bold=bold) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


SHADES = ("#e3ecf4", "#a9c4dc", "#3d739d", "#12436D")


def shade(box: tuple[float, float, float, float], of: int | None, tip: str = "") -> str:
    """Return a box shaded by its class; one without a figure is empty and dashed."""
    x, y, width, height = box
    if of is None:
        look = f'class="shade-none" fill="#ffffff" stroke="{EDGE}" stroke-dasharray="3 3"'
    else:
        look = f'class="shade-{of}" fill="{SHADES[of]}" stroke="{EDGE}"'
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" {look}>'
        f"{_tip(tip)}</rect>"
    )


def on_shade(x: float, y: float, words: str, of: int | None) -> str:
    """Return words in the middle of a shaded box, light on the dark shades."""
    light = of is not None and of >= 2
    kind, colour = ("on-dark", "#ffffff") if light else ("ink" if of is None else "on-light", INK)
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" class="{kind}" fill="{colour}">'
        f"{escape(words)}</text>"
    )


def frame(box: tuple[float, float, float, float], *, focus: bool = False) -> str:
    """Return the edge of a box, heavy where it is picked out."""
    x, y, width, height = box
    kind, stroke, wide_ = ("line-focus", FOCUS, 4) if focus else ("line-grid", GRID, 1)
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="none" '
        f'class="{kind}" stroke="{stroke}" stroke-width="{wide_}"/>'
    )

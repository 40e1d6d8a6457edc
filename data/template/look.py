"""How the blank workbook looks: its colours, its fonts and the formats made of them."""

from typing import Any

NAVY, PAPER, LINE, INK, YELLOW = "#12436D", "#EEF3F8", "#BFBFBF", "#0B0C0C", "#FFE566"
_FONT = {"font_name": "Arial", "font_size": 11, "font_color": INK, "valign": "vcenter"}
_WRAPPED = {**_FONT, "text_wrap": True, "valign": "top"}
_INPUT = {**_WRAPPED, "border": 1, "border_color": NAVY, "align": "left", "indent": 1}
_HEADING = {**_WRAPPED, "bold": True, "font_color": "#FFFFFF", "bg_color": NAVY}
_FORMATS: dict[str, dict[str, Any]] = {
    "title": {**_HEADING, "font_size": 18, "valign": "vcenter", "indent": 1},
    "section": {**_FONT, "bold": True, "font_size": 13, "font_color": NAVY, "valign": "bottom"},
    "label": {**_FONT, "bold": True},
    "text": _FONT,
    "wrapped": _WRAPPED,
    "input": {**_INPUT, "valign": "vcenter"},
    "count": {**_INPUT, "num_format": "#,##0", "valign": "vcenter"},
    "answer": _INPUT,
    "heading": {**_HEADING, "font_size": 10, "border": 1, "border_color": "#FFFFFF"},
    "explanation heading": {
        **_HEADING,
        "font_size": 10,
        "font_color": INK,
        "bg_color": PAPER,
        "border": 1,
        "border_color": LINE,
    },
    "identifier": {**_FONT, "num_format": "@"},
    "code": {**_FONT, "align": "left"},
    "date": {**_FONT, "num_format": "dd/mm/yyyy", "align": "left"},
    "explanation": {**_WRAPPED, "valign": "vcenter"},
    "yellow": {
        **_WRAPPED,
        "valign": "vcenter",
        "indent": 1,
        "bg_color": YELLOW,
        "border": 1,
        "border_color": LINE,
    },
    "highlight": {"bg_color": YELLOW, "font_color": INK},
}


class Look:
    """The formats of one workbook by name; each is made when it is first asked for."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        """Return the format called `name`."""
        if name not in self._made:
            self._made[name] = self._book.add_format(_FORMATS[name])
        return self._made[name]

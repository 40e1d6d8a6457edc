"""Files to take away: the whole release as it is shown, with nothing in it that a page hides."""

import io
import zipfile

import pandas as pd

from measures.views.book import Book
from measures.views.figure import MEANINGS, SYMBOLS
from measures.views.table import safe

TABLES = {
    "figures": "Every figure",
    "measures": "The definitions",
    "returns": "The returns, agency by agency",
    "quality": "Completeness, field by field",
    "findings": "Findings by check",
    "feedback": "What agencies say about the pilot",
    "left_out": "Rows left out, and why",
    "manifest": "What this release is",
}


def table(book: Book, name: str) -> bytes:
    """Return one table of the release as CSV."""
    return _csv(book.release.tables[name])


def figures(book: Book, measure: str) -> bytes:
    """Return every figure of one measure as CSV."""
    return _csv(book.release.figures(measure))


def everything(book: Book) -> bytes:
    """Return all tables and a note on the symbols in one ZIP file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in TABLES:
            archive.writestr(f"{name}.csv", table(book, name))
        archive.writestr("read-me.txt", read_me(book))
    return out.getvalue()


def read_me(book: Book) -> str:
    """Return what goes with every file: status, period, release, symbols."""
    made_up = ["These data are made up."] if book.release.made_up else []
    symbols = [f"{name}: {words} ({MEANINGS[name]})" for name, words in SYMBOLS.items()]
    return "\r\n".join(
        [
            "Adoption support: pilot management information, not official statistics.",
            *made_up,
            f"Period: {book.period_in_words}. Returns: {book.response}. Release {book.release.id}.",
            *map(str, book.release.said("notes")),
            "A value is given only where its status is ok. The other statuses are:",
            *symbols,
            "",
        ]
    )


def _csv(content: pd.DataFrame) -> bytes:
    texts = content.select_dtypes(include=["object", "string"]).columns
    guarded = content.assign(
        **{name: [safe(v) if isinstance(v, str) else v for v in content[name]] for name in texts}
    )
    return b"\xef\xbb\xbf" + guarded.to_csv(index=False, lineterminator="\r\n").encode()

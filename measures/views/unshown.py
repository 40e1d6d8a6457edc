"""Sentences whose figure is not shown: they say so, where a number would have stood."""

from measures.views.figure import Figure

Parts = tuple[str, str, str]
WHY = {
    "c": ("hidden (c)", ", so that no child can be found in the figures"),
    "x": ("not available (x)", ", since no return covers it"),
    "z": ("not applicable (z)", ", since there is nobody whom it could be about"),
    "low": ("more than nought, but rounds to it (low)", ""),
    "u": ("too uncertain to be shown (u)", ""),
}


def sentence(subject: str, figure: Figure, more: str = "") -> Parts:
    """Return the sentence that a figure is not shown, and why: before it, that, after it.

    `more` are whole sentences that follow.
    """
    strong, why = WHY[figure.status]
    return f"{subject} is ", strong, f"{why}.{f' {more}' if more else ''}"

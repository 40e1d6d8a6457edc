"""What the pilot asks of an agency beside its rows: the questions, as the workbook prints them."""

from collections.abc import Mapping
from dataclasses import dataclass

NO_PRE_ORDER, DIFFICULTIES, SUGGESTIONS = "no_pre_order", "difficulties", "suggestions"
QUESTIONS = {
    NO_PRE_ORDER: "We confirm that we hold no pre-order children",
    DIFFICULTIES: "What made it hard to return these data?",
    SUGGESTIONS: "Suggestions",
}
"""Each question as the label of its field on "Instructions"."""


@dataclass(frozen=True)
class Feedback:
    """The answers by question, as written; a question without an answer is left out."""

    answers: Mapping[str, str]

    @property
    def confirms_no_pre_order(self) -> bool:
        """Whether the agency says that it holds no children before the order."""
        said = self.answers.get(NO_PRE_ORDER, "").strip().casefold()
        return said.startswith(("y", "true", "x", "confirm")) or said == "1"

"""What the "Instructions" sheet says, wherever agencies put it."""

import pytest

from data.workbook import agencies, instructions
from data.workbook.grid import Cell


@pytest.mark.parametrize(
    "label",
    [
        *("Agency name", "AGENCY NAME:", " agency ", "Name of agency", "RAA"),
        *("Regional Adoption Agency", "Agency name (choose from the list)"),
        "Regional adoption agency (RAA)",
    ],
)
def test_labels_in_other_words(label: str) -> None:
    said = instructions.read([["", ""], ["", label, "", " Adopt East "]])
    assert said.text("agency") == "Adopt East"
    assert said.cells == {"B2": label, "D2": " Adopt East "}


def test_value_in_the_cell_of_its_label() -> None:
    said = instructions.read(
        [
            ["Agency name: Adopt East", ""],
            ["E-mail: a@b.example", ""],
            ["Reporting period: 1 April to 30 September 2025", ""],
        ]
    )
    assert said.text("agency") == "Adopt East"
    assert said.text("email") == "a@b.example"
    assert said.text("period") == "1 April to 30 September 2025"


def test_agreements_beside_their_labels() -> None:
    said = instructions.read(
        [
            ["C0 Supported Contact Agreements", ""],
            ["direct:", 20.0],
            ["C0 Indirect agreements", "85"],
            ["Virtual contact", ""],
        ]
    )
    assert {kind: said.values.get(kind) for kind in ("Direct", "Indirect", "Virtual")} == {
        "Direct": 20,
        "Indirect": "85",
        "Virtual": None,
    }


def test_agreements_beneath_their_labels() -> None:
    said = instructions.read([["Direct", "Indirect", "Virtual"], [20.0, "", 12.0]])
    assert said.values == {"Direct": 20, "Virtual": 12}


@pytest.mark.parametrize(
    "grid",
    [
        [],
        [[]],
        [["Agency name", ""], ["Email address", ""]],
        [["Agency name", "Email address"]],
        [["Direct contact is when families meet", ""]],
        [["The agency names a contact for queries", "see below"]],
    ],
)
def test_nothing_said(grid: list[list[Cell]]) -> None:
    said = instructions.read(grid)
    assert not said.values
    assert said.text("agency") is None


def test_every_other_cell_by_its_address() -> None:
    said = instructions.read([["Title", "", 3.0], ["Agency name", "Adopt East", "yes"]])
    assert said.cells == {
        "A1": "Title",
        "C1": 3,
        "A2": "Agency name",
        "B2": "Adopt East",
        "C2": "yes",
    }


@pytest.mark.parametrize(
    ("typed", "agency"),
    [
        ("adopt EAST", "Adopt East"),
        ("Adoption Central England", "Adoption Central England (ACE)"),
        ("Adoption Central England (ACE)", "Adoption Central England (ACE)"),
        (
            "Cambridgeshire & Peterborough Adoption Service",
            "Cambridgeshire and Peterborough Adoption Service",
        ),
        ("Adoption @ Heart", "Adoption@Heart"),
        ("Nowhere", "Nowhere"),
        (None, None),
    ],
)
def test_agencies_as_people_type_them(typed: str | None, agency: str | None) -> None:
    assert agencies.recognised(typed) == agency

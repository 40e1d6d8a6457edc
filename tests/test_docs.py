"""What the documents say is what the program does."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

import cli
from measures.described import table

ROOT = Path(__file__).parent.parent
OPTIONS_OF = re.compile(r"^adoption-support ([a-z]+).*?(--[a-z-]+)", re.MULTILINE)
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_lists_the_measures_as_declared() -> None:
    printed = re.search(r"<!-- measures:.*?-->\n(.*?)<!-- /measures -->", README, re.DOTALL)
    assert printed
    assert printed[1].strip() == table()


def test_every_command_of_the_readme_is_one_and_explains_itself() -> None:
    commands = set(re.findall(r"^adoption-support ([a-z]+)", README, re.MULTILINE))
    assert {"template", "check", "load", "release", "forget", "sample"} <= commands
    for command in commands:
        shown = CliRunner().invoke(cli.app, [command, "--help"])
        assert shown.exit_code == 0, command
        assert "Usage" in shown.output


def test_every_option_of_the_readme_is_one() -> None:
    for command, option in OPTIONS_OF.findall(README):
        assert option in CliRunner().invoke(cli.app, [command, "--help"]).output


@pytest.mark.parametrize("document", sorted((ROOT / "docs").glob("*.md")), ids=lambda p: p.name)
def test_every_link_of_a_document_leads_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", document.read_text(encoding="utf-8")):
        assert target.startswith("http") or (document.parent / target).exists(), target


def test_every_link_of_the_readme_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)", README):
        assert (ROOT / target).exists(), target

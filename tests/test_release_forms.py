"""A release of another form: the one before is read, others are refused in one sentence."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from measures.kept import earlier_releases, keep_earlier
from measures.release import ReleaseError, read
from tests.dashboards import Releases, releases  # noqa: F401

Changed = Callable[..., Path]


@pytest.fixture
def changed(releases: Releases, tmp_path: Path) -> Changed:  # noqa: F811
    def made(*statements: str) -> Path:
        path = tmp_path / "release.duckdb"
        path.write_bytes(releases["one agency"].read_bytes())
        with duckdb.connect(str(path)) as connection:
            for statement in statements:
                connection.execute(statement)
        return path

    return made


def form(number: int) -> str:
    return f"UPDATE manifest SET value = '{number}' WHERE name = 'format'"


WITHOUT = "ALTER TABLE figures DROP COLUMN nearest_shown"


def test_the_form_before_is_read_and_names_no_wider_figure(changed: Changed) -> None:
    path = changed(WITHOUT, form(2))
    figures = read(path).tables["figures"]
    assert len(figures)
    assert (figures["nearest_shown"] == "").all()
    keep_earlier(path)
    assert [one.manifest["format"] for one in earlier_releases(path)] == ["2"]


@pytest.mark.parametrize("number", [1, 4])
def test_other_forms_are_refused(changed: Changed, number: int) -> None:
    with pytest.raises(ReleaseError, match="of another version of the program"):
        read(changed(form(number)))


def test_a_release_without_the_column_is_damaged(changed: Changed) -> None:
    with pytest.raises(ReleaseError, match="damaged"):
        read(changed(WITHOUT))

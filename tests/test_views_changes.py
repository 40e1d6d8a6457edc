"""What changed since the release before, worked out a second time from the files themselves."""

import json
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from measures.release import Release, read
from measures.views import changes, shelf
from measures.views.book import Book
from tests.dashboards import Releases, in_place_of, releases  # noqa: F401


@pytest.fixture(scope="module")
def both(releases: Releases) -> tuple[Path, Path]:  # noqa: F811
    """Return a release and one before it, of fewer agencies."""
    return releases["country"], releases["one agency"]


def england(path: Path) -> dict[str, tuple[float | None, str, str]]:
    """Return each measure's main figure of England as the file holds it."""
    with duckdb.connect(str(path), read_only=True) as connection:
        rows = connection.execute(
            """SELECT measure, value, status, statistic FROM figures
            WHERE geography = 'England' AND basis IN ('', 'calendar_days') AND band = ''
              AND statistic IN ('count', 'median', 'percent')
              AND concat(ethnicity_group, ethnicity, disability, gender, age, stage)
                = repeat('Total', 6)"""
        ).fetchall()
    return {name: (value, status, kind) for name, value, status, kind in rows}


def in_words(before: tuple[float | None, str, str], now: tuple[float | None, str, str]) -> str:
    (then, was, kind), (value, status, _) = before, now
    if then is None and value is None:
        return "not shown"
    if then is None or value is None:
        return f"{status} now" if then is not None else f"was {was}"
    by = round(value - then)
    if by == 0:
        return "no change"
    if kind == "count":
        return f"about {abs(by):,} {'more' if by > 0 else 'fewer'}"
    unit = "day" if kind == "median" else "point"
    ends = ("longer", "shorter") if kind == "median" else ("higher", "lower")
    return f"{abs(by):,} {unit}{'' if abs(by) == 1 else 's'} {ends[0] if by > 0 else ends[1]}"


def test_changes_are_the_differences_of_what_both_files_show(both: tuple[Path, Path]) -> None:
    now, then = (england(path) for path in both)
    found = changes.since(*(read(path) for path in both)).found
    assert len(found) == len(now) == 22
    assert {one.measure: one.words for one in found} == {
        name: in_words(then[name], now[name]) for name in now
    }
    assert any(one.words.startswith("about ") for one in found)


def test_reasons_name_the_returns_the_definitions_and_the_rules(both: tuple[Path, Path]) -> None:
    now, then = (read(path) for path in both)
    sent = dict(now.said("inputs"))
    known = dict(then.said("inputs"))
    said = changes.since(now, then).reasons
    assert f"New returns: {', '.join(sorted(sent.keys() - known.keys()))}." in said
    assert not [one for one in said if one.startswith("Definition")]

    agency = next(iter(sent))
    again = manifest(now, inputs=[[a, "0" if a == agency else f] for a, f in sent.items()])
    measures = again.tables["measures"].assign(version="0.9")
    other = Release(again.tables | {"measures": measures}, again.manifest)
    found = changes.since(now, other)
    assert f"Changed returns: {agency}." in found.reasons
    assert "Definition: Cases open is at version 1.0 (was 0.9)." in found.reasons
    assert not any(one.changed for one in found.found)

    ruled = manifest(now, policy=["A rule that is no more."])
    assert "A rule of protection is gone: A rule that is no more." in (
        changes.since(now, ruled).reasons
    )
    assert changes.since(now, now).reasons == (
        "Both rest on the same returns, definitions and rules of protection.",
    )


def test_made_up_figures_are_not_compared_with_real_ones(both: tuple[Path, Path]) -> None:
    now, then = (read(path) for path in both)
    found = changes.since(now, manifest(then, made_up=False))
    assert found.found == ()
    assert changes.OTHER_KIND in found.reasons


def test_a_hidden_figure_has_no_difference(releases: Releases) -> None:  # noqa: F811
    shown, hidden = read(releases["country"]), read(releases["everything hidden"])
    for found in (changes.since(shown, hidden), changes.since(hidden, shown)):
        for one in found.found:
            if "c" in {one.before.status, one.now.status}:
                assert not set("0123456789") & set(one.words), one


def manifest(release: Release, **entries: object) -> Release:
    """Return a release with other entries in its manifest."""
    told = {name: json.dumps(value) for name, value in entries.items()}
    return replace(release, manifest=release.manifest | told)


@pytest.fixture
def kept(both: tuple[Path, Path], tmp_path: Path) -> Path:
    """Return a release that took the place of another."""
    path = tmp_path / "release.duckdb"
    now, then = both
    in_place_of(then, now, path)
    return path


def test_the_release_before_is_found_beside_this_one(kept: Path, both: tuple[Path, Path]) -> None:
    found = shelf.changed(Book(read(kept)), (str(kept), 0, 0))
    assert found
    assert found.release == read(both[1]).id
    alone = both[0]
    assert shelf.changed(Book(read(alone)), (str(alone), 0, 0)) is None
    (kept.parent / "release-earlier" / "broken.duckdb").write_bytes(b"no release")
    assert shelf.changed(Book(read(kept)), (str(kept), 0, 0)) is None

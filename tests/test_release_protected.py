"""A real release, from workbooks to figures: safe, the same again, no longer safe if touched."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

import cli
from data.rounds import PILOT
from data.warehouse import opened
from measures import publish
from measures.attack import REST
from measures.compute import compute
from measures.disclosure.linked import Refused
from measures.disclosure.policy import Policy
from measures.disclosure.publish import Publishable, complement, protected
from measures.figures import COUNTED, exact
from measures.gate import Gate
from measures.past import Past
from measures.release import Release, read
from tests.countries import released, small

KEY = ["measure", "basis", "statistic", "band", "geographic_level", "geography"]
GROUPS = ["ethnicity_group", "ethnicity", "disability", "gender", "age", "stage"]


@dataclass(frozen=True)
class Made:
    """A country's folder of returns, its warehouse, its release, and the counts it hides."""

    returns: list[Path]
    warehouse: Path
    out: Path
    truth: pd.Series
    fewest: pd.Series

    @property
    def release(self) -> Release:
        return read(self.out)


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("country")
    returns = small(folder)
    warehouse, out = folder / "warehouse.duckdb", folder / "release.duckdb"
    with opened(warehouse) as connection:
        released(connection, returns, out)
        computed = compute(connection, PILOT)
    figures = exact(computed)
    cells = computed.grid.cells.iloc[figures["cell"]].reset_index(drop=True)
    columns = ["measure", "basis", "statistic", "band", "n", "fewest"]
    truth = pd.concat([cells, figures[columns]], axis=1).set_index(KEY + GROUPS)
    return Made(returns, warehouse, out, truth["n"], truth["fewest"])


def attacked(figures: pd.DataFrame) -> set[tuple[str, ...]]:
    """Return what anybody can work out, by measure, statistic, place and groups."""
    found = Gate({}).broken(figures)
    return {(*one.cell[1:3], *one.cell[5:]) for one in found if not one.cell[2].endswith(REST)}


def counts(figures: pd.DataFrame, level: str) -> pd.Series:
    return figures["statistic"].isin(COUNTED) & (figures["geographic_level"] == level)


def test_nobody_gets_through(country: Made) -> None:
    figures = country.release.tables["figures"]
    assert (figures["status"] == "c").sum() > 100
    assert attacked(figures) == set()


@pytest.mark.parametrize("is_there", [False, True])
def test_the_same_returns_make_the_same_release(
    country: Made, tmp_path: Path, *, is_there: bool
) -> None:
    out = tmp_path / "again.duckdb"
    if is_there:
        shutil.copyfile(country.out, out)
    with opened(country.warehouse, read_only=True) as connection:
        again = publish.publish(connection, PILOT, out)
    assert again == country.release.id
    pd.testing.assert_frame_equal(read(out).tables["figures"], country.release.tables["figures"])


def test_one_of_the_same_returns_that_shows_something_else_is_reckoned_with(
    country: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, past = tmp_path / "again.duckdb", list[Past]()
    shutil.copyfile(country.out, out)
    with duckdb.connect(str(out)) as connection:
        connection.execute("UPDATE figures SET status = 'c', value = NULL WHERE status = 'ok'")

    def safe(*given: object, **_: object) -> Publishable:
        past.append(given[-1])
        if past[-1].same:
            raise Refused("enough was seen")
        return Publishable(country.release.tables, Policy())

    monkeypatch.setattr(publish, "safe", safe)
    with opened(country.warehouse, read_only=True) as connection, pytest.raises(Refused):
        publish.publish(connection, PILOT, out)
    assert [len(one.same) for one in past] == [0, 1]


def test_every_small_count_is_hidden_and_every_nought_shown(country: Made) -> None:
    figures = country.release.tables["figures"]
    figures = figures[figures["statistic"].isin(COUNTED) & (figures["status"] != "x")]
    n = country.truth.loc[figures.set_index(KEY + GROUPS).index].to_numpy()
    hidden = (figures["status"] == "c").to_numpy()
    assert hidden[(n >= 1) & (n <= 5)].all()
    assert not hidden[n == 0].any()


def test_a_second_suppression_taken_off_is_told(country: Made) -> None:
    figures = country.release.tables["figures"]
    mine = counts(figures, "Agency") & (figures["measure"] == "children_supported")
    rows = figures[mine & (figures["status"] == "c")].set_index(KEY + GROUPS).index
    second = [(row, n) for row, n in country.truth.loc[rows].items() if n > 5]
    assert second
    told = 0
    for row, n in second[:6]:
        touched = figures.set_index(KEY + GROUPS)
        touched.loc[row, ["status", "value"]] = ["ok", float(n)]
        told += bool(attacked(touched.reset_index()))
    assert told >= min(len(second), 6) / 2  # a count may guard two others, of which one still does


def test_a_percentage_too_many_is_told(country: Made) -> None:
    figures = country.release.tables["figures"].set_index(KEY + GROUPS)
    shares = figures.xs("percent", level="statistic", drop_level=False)
    told = []
    for row in shares[shares["status"] == "c"].index:
        of, among = ((*row[:2], part, *row[3:]) for part in ("numerator", "denominator"))
        n, base = country.truth[of], country.truth[among]
        if 1 <= n <= 5 and (figures.loc[[of, among], "status"] == ["c", "ok"]).all():
            touched = figures.copy()
            touched.loc[row, ["status", "value"]] = ["ok", float(np.floor(100 * n / base + 0.5))]
            told.append(bool(attacked(touched.reset_index())))
        if any(told) or len(told) == 12:
            break
    assert any(told)  # of very few, a percentage need not settle the count


def test_wide_counts_unrounded_under_a_rounded_pattern_are_told(country: Made) -> None:
    figures = country.release.tables["figures"].set_index(KEY + GROUPS)
    level = figures.index.get_level_values("geographic_level")
    wide = figures.index.get_level_values("statistic").isin(COUNTED) & (level != "Agency")
    shown = wide & (figures["status"] == "ok").to_numpy()
    figures.loc[shown, "value"] = country.truth.loc[figures.index[shown]].to_numpy(float)
    figures.loc[shown, "rounded_to"] = 1
    assert attacked(figures.reset_index())


def test_a_setting_tightens_the_policy_and_none_loosens_it(country: Made, tmp_path: Path) -> None:
    words = ["release", "--warehouse", str(country.warehouse), "--out", str(tmp_path / "r.duckdb")]
    looser = CliRunner().invoke(cli.app, [*words, "--stricter", "threshold=3"])
    assert looser.exit_code == 2
    assert "may only be made stricter" in looser.output
    assert "Traceback" not in looser.output
    for wrong in ("threshold", "threshold=many", "colour=9"):
        assert CliRunner().invoke(cli.app, [*words, "--stricter", wrong]).exit_code == 2
    stricter = [*words, "--stricter", "threshold=10", "--stricter", "rounding_england=20"]
    made = CliRunner().invoke(cli.app, stricter)
    assert made.exit_code == 0, made.output
    release = read(tmp_path / "r.duckdb")
    figures = release.tables["figures"]
    assert figures.loc[counts(figures, "Agency"), "value"].replace(0, np.nan).min() > 10
    england = figures[counts(figures, "England") & (figures["status"] == "ok")]
    assert (england["value"] % 20 == 0).all()
    assert "A count of 1 to 10 children is hidden" in " ".join(map(str, release.said("policy")))


def test_whether_groups_are_compared_tells_no_more_than_their_counts_do(country: Made) -> None:
    """Of two shown medians, or percentages, by how many the printed counts surely leave."""
    figures = country.release.tables["figures"]
    columns = ["measure", "basis", "statistic", *KEY[4:], *GROUPS]
    printed = {
        tuple(row[name] for name in columns): (row["value"], row["rounded_to"])
        for row in figures[figures["status"] == "ok"].to_dict("records")
    }
    said = {True: 0, False: 0}
    for row in figures[figures["status"] == "ok"].to_dict("records"):
        if row["statistic"] not in ("median", "percent"):
            continue
        everybody = ["Total"] * len(GROUPS)
        own = [row[name] for name in GROUPS]
        whole = (row["geographic_level"], row["geography"], *everybody)
        wider = {"than_total": whole, "than_england": ("England", "England", *own)}
        median = row["statistic"] == "median"
        n, basis = ("n", row["basis"]) if median else ("denominator", "")
        for word, place in wider.items():
            here = (row["geographic_level"], row["geography"], *own)
            same = row["measure"], row["basis"], row["statistic"]
            if place == here or (*same, *place) not in printed:
                continue
            (of_whole, unit), (of_part, own_unit) = (
                printed[row["measure"], basis, n, *at] for at in (place, here)
            )
            left = max(of_whole - unit // 2, 6) - (of_part + (own_unit - 1) // 2)
            assert bool(row[word]) == (left >= (6 if median else 1)), (row, word)
            said[bool(row[word])] += 1
    assert min(said.values()) > 10


def test_a_share_still_waiting_tells_of_no_few_and_of_no_hidden_band(country: Made) -> None:
    """Rule 7, from what is published and the exact figures alone."""
    figures = country.release.tables["figures"].set_index(KEY + GROUPS)["status"]
    bands = figures[figures.index.get_level_values("statistic") == "band"].reset_index()
    last = bands["band"].str.extract(r"to (\d+)")[0].astype(float)
    where = ["measure", "basis", "geographic_level", "geography", *GROUPS]
    hidden = bands.assign(last=last.fillna(np.inf))[bands["status"] == "c"].groupby(where)["last"]
    first, final = hidden.min().to_dict(), hidden.max().to_dict()
    shown = figures[figures == "ok"].reset_index()
    asked = 0
    for row in shown[shown["statistic"] == "still_waiting"].to_dict("records"):
        place, day = tuple(row[name] for name in where), float(row["band"].removesuffix(" days"))
        assert not first.get(place, np.inf) <= day < final.get(place, 0)
        assert not 1 <= country.fewest[tuple(row[name] for name in KEY + GROUPS)] <= 5
        asked += 1
    assert asked


def test_no_curve_tells_when_the_last_of_a_group_left(country: Made) -> None:
    """Not applicable is a curve as a whole, where there is nobody: never its end alone."""
    figures = country.release.tables["figures"]
    curves = figures[figures["statistic"] == "still_waiting"].groupby(
        ["measure", "basis", "geographic_level", "geography", *GROUPS]
    )["status"]
    not_applicable = curves.agg(lambda points: (points == "z").mean())
    assert set(not_applicable) == {0, 1}


def test_a_standardised_percentage_is_shown_only_beside_the_plain_one(country: Made) -> None:
    with opened(country.warehouse, read_only=True) as connection:
        computed = compute(connection, PILOT)
    figures, grid = exact(computed), computed.grid
    rates = figures[figures["statistic"] == "percent"][["flag", "base_flag"]].drop_duplicates()
    rests = [complement(of, among) for of, among in rates.itertuples(index=False)]
    flags = [*figures["flag"].unique(), *figures["base_flag"].unique(), *rests]

    def shown(hide: str) -> int:
        hidden = {flag: np.full(len(grid.cells), flag == hide) for flag in flags}
        made = protected(figures, grid, hidden, Policy())
        standard = made[made["statistic"] == "standardised_percent"]
        return int((standard["status"] == "ok").sum())

    assert shown("")
    assert not shown(complement("referred", "active_referral_known"))

"""The made-up country as columns, agency by agency, without workbooks."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from data.codes import REFERRED
from data.rounds import PILOT, Round
from data.sample.agencies import Agency, make_up
from data.sample.children import CODES, Columns, home_authority
from data.sample.contacts import Contacts
from data.sample.matches import Matches
from data.tables import DATES, FIELDS


def returning(round_: Round, agencies: int | None, scale: float, seed: int) -> list[Agency]:
    """Return the first `agencies` that return; beyond them, those that would have stayed silent.

    None means everyone who returns: a few stay silent, as a few do.
    """
    everyone = make_up(round_, scale, seed)
    in_order = sorted(everyone, key=lambda agency: not agency.returns)
    if agencies is None:
        return [agency for agency in in_order if agency.returns]
    if not 1 <= agencies <= len(everyone):
        raise ValueError(f"There can be 1 to {len(everyone)} agencies, not {agencies}.")
    return in_order[:agencies]


def rows(
    round_: Round = PILOT, agencies: int | None = None, scale: float = 1.0, seed: int = 1
) -> Iterator[pd.DataFrame]:
    """Yield one frame per agency: `agency` and C1 to C17, sound and typed.

    The rows are those of `make` before the problems are put in. Nothing is done row by row, so
    that millions take seconds.
    """
    for agency in returning(round_, agencies, scale, seed):
        yield frame(agency, round_)


def frame(agency: Agency, round_: Round) -> pd.DataFrame:
    """Return the rows of one agency."""
    rng = np.random.default_rng(list(agency.seed))
    contacts = Contacts(rng, agency, round_).columns()
    matches = Matches(rng, agency, round_).columns()
    matches["child"] = matches["child"] + contacts["child"].max(initial=-1) + 1
    both = {name: np.concatenate([contacts[name], matches[name]]) for name in contacts}
    numbers = rng.permutation(both["child"].max() + 1) + 1
    both["child"] = numbers[both["child"]]
    order = np.lexsort((both["contact"], both["child"]))
    return _table(rng, agency, {name: values[order] for name, values in both.items()})


def _table(rng: np.random.Generator, agency: Agency, columns: Columns) -> pd.DataFrame:
    child, contact = _identifiers(agency.initials, columns["child"], columns["contact"])
    columns["C1"] = home_authority(rng, columns["C1"], columns["settled"])
    table: dict[str, Any] = {
        "agency": _coded(np.zeros(len(child), np.int64), [agency.name]),
        "C2": pd.array(child, dtype="string[pyarrow]"),
        "C3": pd.array(contact, dtype="string[pyarrow]"),
        "C4": columns["C4"].astype("datetime64[s]"),
        "C16": _coded(columns["C16"], list(REFERRED.meanings)),
        **{name: _coded(columns[name], codes) for name, codes in CODES.items()},
        **{name: _on_a_weekday(columns[name]) for name in DATES if name != "C4"},
    }
    return pd.DataFrame({name: table[name] for name in ["agency", *(f.name for f in FIELDS)]})


def _coded(positions: NDArray[np.int64], codes: Sequence[str]) -> "pd.Categorical[str]":
    return pd.Categorical.from_codes(positions.astype(np.int16), pd.Index(codes))


def _on_a_weekday(day: NDArray[np.datetime64]) -> NDArray[np.datetime64]:
    """Return the day, or the Friday before: offices are closed, and no order of dates changes."""
    weekday = (day.astype("datetime64[D]").astype(np.int64) + 3) % 7
    weekend = np.where(np.isnat(day), 0, np.maximum(weekday - 4, 0))
    open_day: NDArray[np.datetime64] = day - weekend.astype("timedelta64[D]")
    return open_day.astype("datetime64[s]")


def _identifiers(
    initials: str, child: NDArray[np.int64], contact: NDArray[np.int64]
) -> tuple[pa.Array, pa.Array]:
    """Return C2 and C3: contacts end in K, K-2, K-3, pre-order rows in P."""
    padded = pc.utf8_lpad(pa.array(child).cast(pa.string()), 5, "0")
    identifier = pc.binary_join_element_wise(f"MADE-UP-{initials}", padded, "")
    endings = pa.array(["P", "K", *(f"K-{number}" for number in range(2, 6))])
    return identifier, pc.binary_join_element_wise(identifier, endings.take(pa.array(contact)), "")

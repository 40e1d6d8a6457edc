"""The command `adoption-support`: dashboard, template, check, load, release, sample, forget.

Exit status: 0 done; 1 done, and something needs attention; 2 could not be done, with one line on
standard error saying why.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from data import home

app = typer.Typer(
    help="Adoption support: from agencies' returns to a dashboard of protected figures.",
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    add_completion=False,
)
Out = Annotated[Path, typer.Argument(help="Where to write it.")]
Warehouse = Annotated[Path | None, typer.Option(help="The child-level store.")]
RoundName = Annotated[str | None, typer.Option("--round", help="The collection round.")]
DONE, ATTENTION, IMPOSSIBLE = 0, 1, 2


class Impossible(Exception):
    """What was asked cannot be done; the message is one line for the person who asked."""


@contextmanager
def _told() -> Iterator[None]:
    """Turn every expected failure into one clear line and exit status 2."""
    from data.submission import Unreadable  # noqa: PLC0415 - keeps `--help` quick
    from data.warehouse import WarehouseError  # noqa: PLC0415
    from measures.release import ReleaseError  # noqa: PLC0415

    try:
        yield
    except (Impossible, Unreadable, WarehouseError, ReleaseError, ValueError, OSError) as error:
        typer.echo(f"adoption-support: {' '.join(str(error).split())}", err=True)
        raise typer.Exit(IMPOSSIBLE) from None


def _steps(items: list[Path], words: str) -> Iterable[Path]:
    """Show a progress bar on a terminal, one plain line otherwise."""
    console = Console(stderr=True)
    if console.is_terminal:
        return track(items, words, console=console)
    typer.echo(f"{words} …", err=True)
    return items


@app.callback(invoke_without_command=True)
def start(context: typer.Context) -> None:
    """Open the dashboard, if no command is given."""
    if context.invoked_subcommand is None:
        dashboard()


@app.command()
def dashboard(
    release: Annotated[Path | None, typer.Option(help="The release to show.")] = None,
    port: Annotated[int, typer.Option(help="Where to serve it.")] = 8501,
    browser: Annotated[bool, typer.Option(help="Open the browser.")] = True,
) -> None:
    """Open the dashboard; with no release yet, make a made-up country first."""
    import serving  # noqa: PLC0415

    with _told():
        path = release or home.release()
        if release and not release.exists():
            raise Impossible(f"There is no release at {release}.")
        if not path.exists():
            _make_up(path)
        raise typer.Exit(serving.serve(path, port, browser=browser))


def _make_up(path: Path) -> None:
    """Make a release of a made-up country, in a warehouse of its own that goes with it."""
    from tempfile import TemporaryDirectory  # noqa: PLC0415

    from data.rounds import PILOT  # noqa: PLC0415
    from data.sample import make  # noqa: PLC0415

    typer.echo("No release yet: making up a country, so that there is something to see.", err=True)
    with TemporaryDirectory() as folder:
        returns = make(Path(folder))
        warehouse = Path(folder) / "warehouse.duckdb"
        # They are made up as of the deadline, so that is when they came.
        _load(returns, warehouse, datetime.combine(PILOT.deadline, time()))
        _release(warehouse, path)


@app.command()
def template(out: Out, round_: RoundName = None) -> None:
    """Write the blank workbook of a round."""
    from data.rounds import PILOT, find  # noqa: PLC0415
    from data.template import write_blank  # noqa: PLC0415

    with _told():
        write_blank(out, find(round_) if round_ else PILOT)
        typer.echo(f"Written: {out}")


@app.command()
def check(
    returns: Annotated[list[Path], typer.Argument(help="Workbooks, CSV files or folders.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
    annotated: Annotated[
        Path | None, typer.Option(help="A folder for copies with the findings marked in them.")
    ] = None,
    against: Annotated[
        Path | None, typer.Option(help="An earlier return: say what is new, gone and changed.")
    ] = None,
) -> None:
    """Say what is doubtful in returns, without keeping anything."""
    from data import reports  # noqa: PLC0415
    from data.against import Difference, compare  # noqa: PLC0415
    from data.annotate import write_marked_up  # noqa: PLC0415
    from data.checks.run import check as run  # noqa: PLC0415
    from data.load import files  # noqa: PLC0415
    from data.submission import Unreadable  # noqa: PLC0415
    from data.workbook import read  # noqa: PLC0415

    checked, unreadable = [], []
    difference: Difference | None = None
    with _told():
        found = list(files(returns))
        if against and len(found) != 1:
            raise Impossible("Give one return to compare --against an earlier one.")
        old = read(against) if against else None
        for file in found:
            try:
                checked.append((file, run(read(file))))
            except Unreadable as error:
                unreadable.append(f"{file.name}: {error}")
        if not checked and not unreadable:
            raise Impossible("There is no workbook or CSV file there.")
        if annotated:
            for copy in write_marked_up(annotated, checked):
                typer.echo(f"Written: {copy}", err=True)
        if old and checked:
            difference = compare(old, checked[0][1].rows.submission)
    if as_json:
        document = {"returns": [reports.as_json(file, one, difference) for file, one in checked]}
        typer.echo(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        for file, one in checked:
            typer.echo("\n".join(reports.as_lines(file, one, difference)))
    with _told():
        _none_unreadable(unreadable)
    raise typer.Exit(ATTENTION if any(one.needs_attention for _, one in checked) else DONE)


@app.command()
def load(
    paths: Annotated[list[Path], typer.Argument(help="Returns, or folders of them.")],
    warehouse: Warehouse = None,
    received: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day they came.")
    ] = None,
    round_: RoundName = None,
) -> None:
    """Read, check and keep returns, each in one transaction."""
    with _told():
        attention = _load(paths, warehouse or home.warehouse(), received, round_)
    raise typer.Exit(ATTENTION if attention else DONE)


def _load(
    paths: list[Path],
    warehouse: Path,
    received: datetime | None = None,
    round_: str | None = None,
) -> bool:
    """Load returns and say a line of each; return whether any needs attention."""
    from data import rounds  # noqa: PLC0415
    from data.load import Outcome, files  # noqa: PLC0415
    from data.load import load as load_one  # noqa: PLC0415
    from data.submission import Unreadable  # noqa: PLC0415
    from data.warehouse import opened  # noqa: PLC0415

    of = rounds.find(round_) if round_ else None
    found = list(files(paths))
    if not found:
        raise Impossible("There is no workbook or CSV file there.")
    attention, unreadable = False, []
    with opened(warehouse) as connection:
        for file in _steps(found, f"Loading {len(found)} returns"):
            try:
                one = load_one(
                    connection, file, received=received.date() if received else None, round_=of
                )
            except Unreadable as error:
                unreadable.append(f"{file.name}: {error}")
                continue
            attention |= one.needs_attention or one.outcome is Outcome.REFUSED
            used, rows = int(one.checked.used.sum()), len(one.checked.rows)
            typer.echo(f"{file.name}: {one.outcome}; {used} of {rows} rows used")
    _none_unreadable(unreadable)
    return attention


def _none_unreadable(files: list[str]) -> None:
    """Fail where some files could not be read, after the others were dealt with."""
    if files:
        raise Impossible("; ".join(files))


@app.command()
def release(
    warehouse: Warehouse = None,
    out: Annotated[Path | None, typer.Option(help="Where to publish it.")] = None,
    round_: RoundName = None,
    verify: Annotated[
        Path | None,
        typer.Option(
            help="Only attack this release: as anybody; with --warehouse as every agency too."
        ),
    ] = None,
    stricter: Annotated[
        list[str] | None,
        typer.Option(
            envvar="ADOPTION_SUPPORT_STRICTER",
            help="A figure of the policy to tighten, as NAME=NUMBER (threshold=10).",
        ),
    ] = None,
) -> None:
    """Compute, protect, attack and swap in a release; or attack one."""
    from measures.disclosure.linked import Refused  # noqa: PLC0415

    with _told():
        if verify:
            raise typer.Exit(_verify(verify, warehouse))
        try:
            _release(
                warehouse or home.warehouse(), out or home.release(), round_, tuple(stricter or ())
            )
        except Refused as refused:
            typer.echo(f"adoption-support: {refused}", err=True)
            raise typer.Exit(ATTENTION) from None


def _verify(path: Path, warehouse: Path | None) -> int:
    from data.warehouse import opened  # noqa: PLC0415
    from measures.verify import verified  # noqa: PLC0415

    if warehouse:
        with opened(warehouse, read_only=True) as connection:
            found = verified(path, connection)
    else:
        found = verified(path)
    for one in found.broken:
        typer.echo(one)
    beside = f", with {found.earlier} earlier" if found.earlier else ""
    by = "by anybody or by an agency" if warehouse else "by anybody"
    counts = "1 count" if len(found.broken) == 1 else f"{len(found.broken)} counts"
    typer.echo(f"Release {found.release.id}{beside}: {counts} can be worked out {by}.")
    return ATTENTION if found.broken else DONE


def _release(
    warehouse: Path, out: Path, round_: str | None = None, stricter: Sequence[str] = ()
) -> None:
    from data.rounds import PILOT, find  # noqa: PLC0415
    from data.warehouse import opened  # noqa: PLC0415
    from measures.disclosure.policy import Policy  # noqa: PLC0415
    from measures.publish import publish  # noqa: PLC0415

    policy = Policy().with_settings(stricter)
    with opened(warehouse, read_only=True) as connection:
        typer.echo("Computing, protecting and attacking the figures: a minute or two …", err=True)
        round_of = find(round_) if round_ else PILOT
        made = publish(connection, round_of, out, policy)
    typer.echo(f"Release {made}: {out}")


@app.command()
def sample(
    out: Out,
    agencies: Annotated[int | None, typer.Option(help="How many agencies return.")] = None,
    scale: Annotated[float, typer.Option(help="How many times a real country's size.")] = 1.0,
    seed: Annotated[int, typer.Option(help="The same seed makes the same country.")] = 1,
) -> None:
    """Write a folder of made-up workbooks."""
    from data.sample import make  # noqa: PLC0415

    with _told():
        made = make(out, agencies=agencies, scale=scale, seed=seed)
        typer.echo(f"Written: {len(made)} made-up returns in {out}")


@app.command()
def forget(
    agency: Annotated[str, typer.Option(help="The agency's name.")],
    warehouse: Warehouse = None,
    round_: RoundName = None,
) -> None:
    """Erase an agency's child rows from the warehouse, history included."""
    from data.rounds import find  # noqa: PLC0415
    from data.warehouse import forget as erase  # noqa: PLC0415

    with _told():
        path = warehouse or home.warehouse()
        if not path.exists():
            raise Impossible(f"There is no warehouse at {path}.")
        gone = erase(path, agency, find(round_).key if round_ else None)
        if not gone:
            raise Impossible(f"The warehouse has no return of {agency!r}.")
        typer.echo(f"Erased: {gone} returns of {agency}. Earlier releases still show its figures.")


def main() -> None:
    """Run the command."""
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stderr.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    app()

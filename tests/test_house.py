"""The house holds: what may import what, how long it is, what it says, and what is not in it."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath

import pytest

from data.checks.run import CHECKS
from data.rounds import ROUNDS
from data.tables import C0, FIELDS
from measures.breakdowns import BREAKDOWNS
from measures.catalogue import MEASURES

ROOT = Path(__file__).parent.parent
HOUSE = ("data", "measures", "pages")
TOPS = ("app", "cli", "serving")
LONGEST = 200
# Longer on purpose: one literal each, which is read from top to bottom.
DECLARATIONS = {"data/tables.py", "measures/catalogue.py", "cli.py"}


@cache
def tracked() -> tuple[PurePosixPath, ...]:
    """Return the files of the project, as git has them."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False
    ).stdout.decode()
    if not listed:
        pytest.skip("This is not a clone, so what is part of the project is not known.")
    return tuple(PurePosixPath(name) for name in listed.split("\0") if (ROOT / name).is_file())


@cache
def modules() -> dict[str, Path]:
    """Return every module of the house by its name, whether or not it is committed yet."""
    found = {top: ROOT / f"{top}.py" for top in TOPS if (ROOT / f"{top}.py").exists()}
    for folder in HOUSE:
        for path in sorted((ROOT / folder).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts).removesuffix(".__init__")] = path
    return found


def names() -> list[str]:
    return [*modules()]


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(modules()[module].read_text(encoding="utf-8"))


@cache
def imported(module: str) -> frozenset[str]:
    """Return the modules that one imports, anywhere in it."""
    found = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: a relative import"
            base = node.module or ""
            found |= {
                inner if (inner := f"{base}.{alias.name}") in modules() else base
                for alias in node.names
            }
    return frozenset(found)


@cache
def reached(module: str) -> frozenset[str]:
    """Return the modules of the house that one imports, and those that they import."""
    found: set[str] = set()
    waiting = [module]
    while waiting:
        for other in imported(waiting.pop()):
            if other in modules() and other not in found:
                found.add(other)
                waiting.append(other)
    return frozenset(found)


def inside(module: str, *packages: str) -> bool:
    return any(module == each or module.startswith(f"{each}.") for each in packages)


def of(*packages: str) -> list[str]:
    return [module for module in modules() if inside(module, *packages)]


def strings(module: str) -> Iterator[str]:
    """Yield the strings of a module that are no documentation."""
    documentation = {
        id(node.value)
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree(module)):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in documentation
        ):
            yield node.value


MAY_IMPORT = {
    "data": ("data",),
    "measures": ("measures", "data"),
    "pages": ("pages", "measures", "data"),  # data: held to below
    "app": ("pages", "measures"),
    "cli": ("app", "cli", "serving", *HOUSE),
    "serving": ("app", *HOUSE),
}


@pytest.mark.parametrize("module", names())
def test_imports_go_one_way(module: str) -> None:
    layer = module.partition(".")[0]
    of_the_house = {other for other in imported(module) if inside(other, *HOUSE, *TOPS)}
    assert not {other for other in of_the_house if not inside(other, *MAY_IMPORT[layer])}


@pytest.mark.parametrize("module", of("pages"))
def test_pages_use_their_parts_and_not_each_other(module: str) -> None:
    others = {other for other in imported(module) if inside(other, "pages")}
    assert not {other for other in others - {"pages"} if not inside(other, "pages.parts")}


def test_only_the_return_checker_reads_data() -> None:
    using = {page: {o for o in imported(page) if inside(o, "data")} for page in of("pages", "app")}
    using = {page: others for page, others in using.items() if others}
    assert len(using) <= 1, using
    for page, others in using.items():
        assert inside(page, "pages.returns"), page
        allowed = ("data.workbook", "data.checks", "data.template", "data.annotate")
        assert not {other for other in others if not inside(other, *allowed)}


@pytest.mark.parametrize("module", of("pages", "app"))
def test_pages_ask_no_database(module: str) -> None:
    assert not {other for other in imported(module) if inside(other, "duckdb", "sqlite3")}
    sql = re.compile(
        r"\b(SELECT\b.*\bFROM|FROM\s+\w+|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|"
        r"ATTACH|CREATE\s+(TABLE|VIEW))\b",
        re.DOTALL,
    )
    assert not [text for text in strings(module) if sql.search(text)]
    calls = (node.func for node in ast.walk(tree(module)) if isinstance(node, ast.Call))
    asked = {func.attr for func in calls if isinstance(func, ast.Attribute)}
    assert not asked & {"execute", "executemany", "fetchall", "sql"}


def test_the_attack_shares_no_code_with_what_it_attacks() -> None:
    declared = (
        *("data", "measures.breakdowns", "measures.catalogue", "measures.conditions"),
        *("measures.measure",),
    )
    attack = set().union(*map(reached, of("measures.attack")))
    defence = set().union(*map(reached, of("measures.disclosure")))
    assert not {module for module in attack if inside(module, "measures.disclosure")}
    assert not {module for module in defence if inside(module, "measures.attack")}
    shared = (attack & defence) - {"measures"}
    assert not {module for module in shared if not inside(module, *declared)}


SEALED = {"Publishable", "Figure", "_SEAL"}


@pytest.mark.parametrize("module", names())
def test_nothing_but_disclosure_makes_a_publishable_figure(module: str) -> None:
    if inside(module, "measures.disclosure"):
        return
    sealed, packages = {"_SEAL"}, set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.ImportFrom) and inside(node.module or "", "measures.disclosure"):
            assert "_SEAL" not in {alias.name for alias in node.names}
            sealed |= {a.asname or a.name for a in node.names if a.name in SEALED}
            packages |= {a.asname or a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "measures":
            packages |= {a.asname or a.name for a in node.names if a.name == "disclosure"}
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(id=name):
                    assert name not in sealed, f"{module} makes a {name}"
                case ast.Attribute(value=ast.Name(id=package), attr=name):
                    assert not (package in packages and name in SEALED), f"{module}: {name}"


@pytest.mark.parametrize("module", names())
def test_every_public_thing_says_what_it_is(module: str) -> None:
    def undocumented(node: ast.AST, name: str) -> Iterator[str]:
        if not ast.get_docstring(node):  # type: ignore[arg-type]
            yield name
        for inner in ast.iter_child_nodes(node):
            if isinstance(
                inner, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
            ) and not inner.name.startswith("_"):
                if isinstance(inner, ast.ClassDef):
                    yield from undocumented(inner, f"{name}.{inner.name}")
                elif not ast.get_docstring(inner):
                    yield f"{name}.{inner.name}"

    assert not [*undocumented(tree(module), module)]


def test_modules_are_short() -> None:
    lines = {
        str(path): (ROOT / path).read_text(encoding="utf-8").count("\n")
        for path in tracked()
        if path.suffix == ".py" and path.parts[0] not in {"tests", "benchmarks"}
    }
    long = {path: n for path, n in lines.items() if n > LONGEST}
    assert not long.keys() - DECLARATIONS, long
    assert sorted(lines.values())[len(lines) // 2] <= 120


def test_no_module_is_named_after_nothing() -> None:
    nothing = {"utils", "util", "helpers", "helper", "common", "core", "misc", "tools", "stuff"}
    assert not [module for module in modules() if nothing & set(module.split("."))]


def test_everything_declared_is_documented() -> None:
    for field in (C0, *FIELDS):
        assert field.title, field.name
        assert field.meaning.endswith("."), field.name
        assert all((field.codes.meanings if field.codes else {"": "-"}).values()), field.name
    for check in CHECKS:
        assert check.title, check.name
        assert check.advice.startswith(("Please", "For")), check.name
        assert check.advice.endswith("."), check.name
    for round_ in ROUNDS:
        assert round_.title
        assert round_.start < round_.end < round_.commissioned < round_.deadline
    for measure in MEASURES:
        for said in (measure.title, measure.question, measure.why, measure.method):
            assert said, measure
    for breakdown in BREAKDOWNS:
        assert breakdown.title, breakdown


def test_every_page_is_listed_and_every_listed_page_is_there() -> None:
    files = {
        path.relative_to(ROOT / "pages").as_posix()
        for path in (ROOT / "pages").glob("*/*.py")
        if path.parent.name != "parts" and path.name != "__init__.py"
    }
    listed = [text for text in strings("app") if re.fullmatch(r"(pages/)?\w+/\w+\.py", text)]
    assert sorted(text.removeprefix("pages/") for text in listed) == sorted(files)


def test_no_page_lies_where_a_server_would_run_it_on_its_own() -> None:
    assert {path.name for path in (ROOT / "pages").glob("*.py")} == {"__init__.py"}


def test_no_data_is_tracked_but_what_is_published_or_made_up() -> None:
    kinds = {
        *(".csv", ".tsv", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".parquet", ".feather"),
        *(".duckdb", ".db", ".sqlite", ".wal", ".pkl", ".pickle", ".npy", ".npz", ".zip", ".gz"),
        *(".json", ".jsonl", ".geojson", ".xml", ".rds", ".sav", ".dta", ".arrow"),
    }
    allowed = ("data/reference/*.csv", "tests/reference/*.csv")
    found = [path for path in tracked() if path.suffix.lower() in kinds]
    assert found
    assert not [path for path in found if not any(path.match(each) for each in allowed)]


# In parts, so that this file does not name what no file may name.
REGISTRIES = (
    ("py", "pi.org"),
    ("python", "hosted.org"),
    ("registry.npm", "js.org"),
    ("npm", "mirror.com"),
    ("deb.deb", "ian.org"),
    ("archive.ub", "untu.com"),
    ("conda.ana", "conda.org"),
    ("proxy.go", "lang.org"),
    ("static.cra", "tes.io"),
    ("cdn.js", "delivr.net"),
    ("un", "pkg.com"),
)
MACHINES = (
    ("/ho", r"me/\w"),
    ("/Us", r"ers/\w"),
    ("/ro", r"ot\b"),
    ("/wo", r"rk/"),
    ("/m", r"nt/\w"),
    (r"[A-Z]:\\+Us", r"ers"),
)


def test_no_file_names_a_registry_or_a_developer_s_machine() -> None:
    hosts = "|".join(re.escape("".join(parts)) for parts in REGISTRIES)
    paths = "|".join("".join(parts) for parts in MACHINES)
    named = re.compile(rf"{hosts}|(?<![\w.)/-])(?:{paths})")
    for path in tracked():
        text = (ROOT / path).read_text(encoding="utf-8", errors="replace")
        found = named.search(text)
        assert found is None, f"{path}: {found and found[0]}"

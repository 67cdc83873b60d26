"""The source of the product as the tests of the repository look at it."""

import ast
import configparser
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src/vliegwiel"
IMPORT_LINTER = ROOT / ".importlinter"


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file that git keeps, and that is still there."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    paths = (ROOT / name for name in listed.split("\0") if name)
    return tuple(path for path in paths if path.is_file())


@cache
def python_files(*folders: str) -> tuple[Path, ...]:
    """Our own modules in these folders; migrations are written by Django."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return tuple(sorted(path for path in found if "migrations" not in path.parts))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT / "src").with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@dataclass(frozen=True, slots=True)
class Function:
    """A function and how it is called from outside its file: `path::Class.method`."""

    path: Path
    qualified_name: str
    node: ast.FunctionDef | ast.AsyncFunctionDef

    @property
    def address(self) -> str:
        return f"{name_of(self.path)}::{self.qualified_name}"

    @property
    def lines(self) -> int:
        """Lines from `def` to the end, docstring included."""
        assert self.node.end_lineno is not None
        return self.node.end_lineno - self.node.lineno + 1

    @property
    def arguments(self) -> tuple[str, ...]:
        return tuple(argument.arg for argument in self.node.args.args)

    @property
    def is_compiled(self) -> bool:
        """Whether numba compiles it."""
        text = " ".join(ast.unparse(item) for item in self.node.decorator_list)
        return re.search(r"\bn?jit\b", text) is not None


def statements(node: ast.AST) -> Iterator[ast.AST]:
    """What stands in a block: within expressions there are no functions and no imports."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt | ast.excepthandler | ast.match_case):
            yield child


def functions(path: Path) -> Iterator[Function]:
    """Every function of a file, also those within classes and functions."""

    def walk(node: ast.AST, prefix: str) -> Iterator[Function]:
        for child in statements(node):
            name = prefix
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                name = f"{prefix}.{child.name}".lstrip(".")
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                yield Function(path, name, child)
            yield from walk(child, name)

    yield from walk(tree(path), "")


@dataclass(frozen=True, slots=True)
class Import:
    """One module that a file imports, as an absolute name, and where."""

    path: Path
    line: int
    module: str
    inside_function: bool

    @property
    def address(self) -> str:
        return f"{name_of(self.path)}:{self.line}"


def is_for_types(test: ast.expr) -> bool:
    """Whether a condition is `TYPE_CHECKING`, or ends in it, as `typing.TYPE_CHECKING`."""
    named = test.attr if isinstance(test, ast.Attribute) else getattr(test, "id", "")
    return bool(named == "TYPE_CHECKING")


@cache
def imports(path: Path) -> tuple[Import, ...]:
    """What a module of the product imports; `from a import b` counts as `a` and as `a.b`.

    What is imported for types alone is left out, as import-linter does.
    """
    found = []
    package = module_of(path).split(".")
    if path.name != "__init__.py":
        package = package[:-1]

    def walk(node: ast.AST, inside: bool) -> None:
        for child in statements(node):
            if isinstance(child, ast.Import):
                names = [alias.name for alias in child.names]
            elif isinstance(child, ast.ImportFrom):
                above = package[: len(package) - child.level + 1] if child.level else []
                base = ".".join([*above, *([child.module] if child.module else [])])
                names = [base, *(f"{base}.{alias.name}" for alias in child.names)]
            elif isinstance(child, ast.If) and is_for_types(child.test):
                continue
            else:
                deeper = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
                walk(child, inside or deeper)
                continue
            found.extend(Import(path, child.lineno, name, inside) for name in names)

    walk(tree(path), False)
    return tuple(found)


def packages(folder: Path) -> set[str]:
    """Names of the packages right under a folder; migrations are written by Django."""
    return {path.parent.name for path in folder.glob("*/__init__.py")} - {"migrations"}


def layers(contract: str) -> list[list[str]]:
    """The layers of a contract of import-linter, the highest first, siblings together."""
    parser = configparser.ConfigParser()
    parser.read(IMPORT_LINTER, encoding="utf-8")
    lines = parser[f"importlinter:contract:{contract}"]["layers"].split("\n")
    return [re.findall(r"\w+", line) for line in lines if line.strip()]


def table(path: Path, *, under: str) -> list[list[str]]:
    """The cells of the first table after a heading of a Markdown file, header left out."""
    text = path.read_text(encoding="utf-8")
    after = text.split(f"# {under}\n", 1)
    assert len(after) == 2, f"{name_of(path)} has no heading '{under}'"
    found = re.search(r"(?:^\|.*\n)+", after[1], re.MULTILINE)
    assert found, f"no table under '{under}' in {name_of(path)}"
    rows = [line.strip().strip("|") for line in found[0].strip().split("\n")]
    return [[cell.strip() for cell in row.split(" | ")] for row in rows[2:]]


def code_words(cell: str) -> set[str]:
    """What stands between backticks in a cell."""
    return set(re.findall(r"`([^`]+)`", cell))

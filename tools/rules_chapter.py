"""The rules of the field as a chapter of the documentation, from the tests that hold them.

    python tools/rules_chapter.py            write docs/methods/rules.md
    python tools/rules_chapter.py --check    fail when the chapter is behind the tests

The docstring of a module of tests/spec is the introduction of a section (its first line the title),
that of a test is a rule, and the table of a `parametrize` becomes a table of examples.
"""

import ast
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SPEC = ROOT / "tests/spec"
CHAPTER = ROOT / "docs/methods/rules.md"
OPENING = """\
# Rules

Rules of the field that the product keeps. This chapter is printed from the tests in `tests/spec/`
by `tools/rules_chapter.py`: each rule below has run, with each of its examples.
"""


def chapter() -> str:
    sections = [section(path) for path in sorted(SPEC.glob("test_*.py"))]
    return "\n".join([OPENING, *sections])


def section(path: Path) -> str:
    module = ast.parse(path.read_text(encoding="utf-8"), str(path))
    title, _, introduction = words(module).partition("\n")
    parts = [f"## {title.rstrip('.')}", introduction.strip()]
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            parts.append(f"**{name(node)}.** {' '.join(words(node).split())}")
            parts += [as_table(columns, rows) for columns, rows in examples(node)]
    return "\n\n".join(part for part in parts if part) + "\n"


def words(node: ast.Module | ast.FunctionDef) -> str:
    text = ast.get_docstring(node, clean=True)
    if not text:
        where = "a module" if isinstance(node, ast.Module) else node.name
        raise ValueError(f"a rule without words: {where}")
    return inspect.cleandoc(text)


def name(node: ast.FunctionDef) -> str:
    return node.name.removeprefix("test_").replace("_", " ").capitalize()


def examples(node: ast.FunctionDef) -> Iterator[tuple[tuple[str, ...], list[tuple[object, ...]]]]:
    """Columns and rows of each `parametrize`; cells must be plain words and numbers."""
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func).endswith("parametrize"):
            columns, rows = (ast.literal_eval(argument) for argument in decorator.args[:2])
            if isinstance(columns, str):
                yield (columns,), [(row,) for row in rows]
            else:
                yield tuple(columns), list(rows)


def as_table(columns: tuple[str, ...], rows: list[tuple[object, ...]]) -> str:
    lines = [[column.replace("_", " ") for column in columns], ["---"] * len(columns)]
    lines += [[cell(value) for value in row] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def cell(value: object) -> str:
    text = str(value).replace("|", "\\|")
    return f"`{text}`" if "_" in text or "*" in text else text


def main() -> int:
    wanted = chapter()
    if "--check" in sys.argv[1:]:
        current = CHAPTER.read_text(encoding="utf-8") if CHAPTER.exists() else ""
        if current != wanted:
            print("docs/methods/rules.md is behind the tests: python tools/rules_chapter.py")
            return 1
        return 0
    CHAPTER.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

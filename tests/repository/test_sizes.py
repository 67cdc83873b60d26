"""Sizes that can be read: files, functions, views, classes; and no own import inside a function."""

import ast
from collections.abc import Iterable, Mapping

from .exceptions import (
    LARGER_CLASSES,
    LARGER_FILES,
    LONGER_FUNCTIONS,
    LONGER_VIEWS,
    OWN_IMPORTS_IN_FUNCTIONS,
)
from .source import PACKAGE, functions, imports, name_of, python_files, tracked_files, tree

FILE_LINES = 400
# No reason is good enough to go beyond this one.
FILE_LINES_HARD = 600
TEST_FILE_LINES = 600
FUNCTION_LINES = 60
KERNEL_LINES = 120
VIEW_LINES = 25
PUBLIC_METHODS = 15
WRITTEN_BY_HAND = {".py", ".html", ".css", ".js", ".mjs"}
OURS = ("src", "tools", "benchmarks")


def judge(found: Iterable[tuple[str, int]], most: int, excepted: Mapping[str, str]) -> None:
    """Nothing above `most` but what is excepted, and no exception that is not needed."""
    large = {name: size for name, size in found if size > most}
    unexcused = {name: size for name, size in large.items() if name not in excepted}
    assert not unexcused, f"larger than {most}: {unexcused}"
    needless = set(excepted) - set(large)
    assert not needless, f"no exception needed any more: {needless}"


def file_sizes() -> dict[str, int]:
    written = {path for path in tracked_files() if path.suffix in WRITTEN_BY_HAND}
    written |= {*python_files(*OURS), *python_files("tests")}
    return {
        name_of(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in written
        if "migrations" not in path.parts
    }


def test_files() -> None:
    sizes = {name: size for name, size in file_sizes().items() if not name.startswith("tests/")}
    judge(sizes.items(), FILE_LINES, LARGER_FILES)


def test_no_file_beyond_the_hard_limit() -> None:
    judge(file_sizes().items(), FILE_LINES_HARD, {})


def test_test_files() -> None:
    sizes = {name: size for name, size in file_sizes().items() if name.startswith("tests/")}
    judge(sizes.items(), TEST_FILE_LINES, {})


def test_functions() -> None:
    every = [function for path in python_files(*OURS) for function in functions(path)]
    plain = [(f.address, f.lines) for f in every if not f.is_compiled]
    kernel = [(f.address, f.lines) for f in every if f.is_compiled]
    assert plain
    assert kernel
    judge(plain, FUNCTION_LINES, LONGER_FUNCTIONS)
    judge(kernel, KERNEL_LINES, {})


def test_views() -> None:
    views = [
        (function.address, function.lines)
        for path in python_files("src/vliegwiel/web", "src/vliegwiel/api")
        for function in functions(path)
        if "request" in function.arguments[:2]
    ]
    assert views
    judge(views, VIEW_LINES, LONGER_VIEWS)


def test_classes() -> None:
    sizes = []
    for path in python_files(*OURS):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef):
                methods = [
                    item.name
                    for item in node.body
                    if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef)
                    and not item.name.startswith("_")
                ]
                sizes.append((f"{name_of(path)}::{node.name}", len(methods)))
    judge(sizes, PUBLIC_METHODS, LARGER_CLASSES)


def test_no_own_import_inside_a_function() -> None:
    late: dict[str, set[tuple[str, str]]] = {}
    for path in python_files("src"):
        for item in imports(path):
            if item.inside_function and item.module.split(".")[0] == "vliegwiel":
                late.setdefault(item.address, set()).add((name_of(path), item.module))
    excused = set(OWN_IMPORTS_IN_FUNCTIONS)
    unexcused = {where: found for where, found in late.items() if not found & excused}
    assert not unexcused, f"imports of our own inside a function: {unexcused}"
    needless = excused.difference(*late.values())
    assert not needless, f"no exception needed any more: {needless}"


def test_no_drawer() -> None:
    """A module named after nothing collects everything."""
    drawers = {"utils", "util", "helpers", "helper", "misc", "common"}
    found = [name_of(path) for path in python_files("src", "tools") if path.stem in drawers]
    found += [
        name_of(path) for path in PACKAGE.rglob("*") if path.is_dir() and path.name in drawers
    ]
    assert not found

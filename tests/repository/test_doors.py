"""One door per room: its list of public names is sorted and true, and others come in by it."""

import ast
import importlib
import inspect
from pathlib import Path

import pytest

from .exceptions import SIDE_DOORS
from .source import PACKAGE, imports, module_of, python_files, tree

# Modules of an app that are its public side, next to its door. Models are for lower code only:
# the tables of a higher app refer to those of a lower one, and doors never see them.
PUBLIC_SIDE = {"queries", "rights", "services"}
FOR_HIGHER_APPS = PUBLIC_SIDE | {"models"}


def doors() -> list[str]:
    """Every package that lists its public names."""
    return [
        module_of(path)
        for path in python_files("src/vliegwiel")
        if path.name == "__init__.py" and "__all__" in path.read_text(encoding="utf-8")
    ]


def rooms() -> dict[str, Path]:
    """Rooms with a door that others must use -> their folder."""
    folders = [PACKAGE / "reference", *(PACKAGE / "science").iterdir()]
    return {
        module_of(folder / "__init__.py"): folder
        for folder in folders
        if (folder / "__init__.py").is_file()
    }


def in_order(name: str) -> tuple[int, str]:
    """Constants, then classes, then functions, as ruff orders them."""
    kind = 0 if name.isupper() else 1 if name[:1].isupper() else 2
    return kind, name


def test_every_science_room_has_a_door() -> None:
    assert rooms().keys() <= set(doors())


@pytest.mark.parametrize("door", doors())
def test_public_names_are_sorted_and_exist(door: str) -> None:
    names = importlib.import_module(door).__all__
    assert list(names) == sorted(set(names), key=in_order)
    missing = [name for name in names if not hasattr(importlib.import_module(door), name)]
    assert not missing


@pytest.mark.parametrize("door", [door for door in doors() if ".science" in door])
def test_public_names_of_science_explain_themselves(door: str) -> None:
    """A function or class has a docstring of its own; what a dataclass writes does not count."""
    module = importlib.import_module(door)
    silent = []
    for name in module.__all__:
        thing = getattr(module, name)
        if inspect.isclass(thing) or inspect.isroutine(thing):
            text = thing.__doc__ or ""
            if not text.strip() or text.startswith(f"{name}("):
                silent.append(name)
    assert not silent


def test_services_explain_themselves() -> None:
    """Every service says what it promises."""
    silent = []
    for path in python_files("src/vliegwiel/apps"):
        if path.stem != "services" and path.parent.name != "services":
            continue
        for node in tree(path).body:
            if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name.startswith("_"):
                continue
            if not ast.get_docstring(node):
                silent.append(f"{module_of(path)}.{node.name}")
    assert not silent


def test_rooms_are_entered_by_their_door() -> None:
    """`vliegwiel.science.caresystem.simulate` is for caresystem only."""
    used, doored = set(), rooms()
    for path in python_files("src/vliegwiel"):
        for item in imports(path):
            for room, folder in doored.items():
                inner = item.module.removeprefix(f"{room}.").split(".")[0]
                if item.module == room or not item.module.startswith(f"{room}."):
                    continue
                if folder in path.parents or not is_module(folder, inner):
                    continue
                used.add((f"{room}.{inner}", item.address))
    judge(used, ".science.", ".reference.")


def test_apps_are_entered_by_their_public_side() -> None:
    apps = PACKAGE / "apps"
    used = set()
    for path in python_files("src/vliegwiel"):
        allowed = FOR_HIGHER_APPS if apps in path.parents else PUBLIC_SIDE
        for item in imports(path):
            parts = item.module.split(".")
            if parts[:2] != ["vliegwiel", "apps"] or len(parts) < 4:
                continue
            if apps / parts[2] in path.parents or not is_module(apps / parts[2], parts[3]):
                continue
            if parts[3] not in allowed:
                used.add((".".join(parts[:4]), item.address))
    judge(used, ".apps.")


def judge(used: set[tuple[str, str]], *kinds: str) -> None:
    """Nothing that is not a door or a side door, and no side door of these kinds unused."""
    closed = sorted(pair for pair in used if pair[0] not in SIDE_DOORS)
    assert not closed
    of_kind = {module for module in SIDE_DOORS if any(kind in module for kind in kinds)}
    needless = of_kind - {module for module, _where in used}
    assert not needless, f"no exception needed any more: {needless}"


def is_module(folder: Path, name: str) -> bool:
    return (folder / f"{name}.py").is_file() or (folder / name / "__init__.py").is_file()

"""ARCHITECTURE.md and .importlinter say the same as the folders."""

import re

import pytest

from .source import PACKAGE, ROOT, code_words, layers, packages, table

MAP = ROOT / "ARCHITECTURE.md"
# Heading of the table -> contract of import-linter and the folder that it is about.
CHAINS = {
    "The rooms": ("house", PACKAGE),
    "Apps, in the order of the loop": ("apps", PACKAGE / "apps"),
    "Science": ("science", PACKAGE / "science"),
}
# Not a room: the texts of the product.
NO_ROOMS = {"locale"}


def rooms(heading: str) -> dict[str, set[str]]:
    """Room -> the rooms that it may use, as the map says."""
    return {
        code_words(row[0]).pop(): code_words(row[2]) if len(row) > 2 else set()
        for row in table(MAP, under=heading)
    }


@pytest.mark.parametrize("heading", CHAINS)
def test_map_names_every_room_and_no_other(heading: str) -> None:
    _contract, folder = CHAINS[heading]
    assert set(rooms(heading)) == packages(folder) - NO_ROOMS


@pytest.mark.parametrize("heading", CHAINS)
def test_contract_names_every_room_and_no_other(heading: str) -> None:
    contract, folder = CHAINS[heading]
    named = [room for layer in layers(contract) for room in layer]
    assert sorted(named) == sorted(packages(folder) - NO_ROOMS)


@pytest.mark.parametrize("heading", CHAINS)
def test_map_allows_what_the_contract_allows(heading: str) -> None:
    contract, _folder = CHAINS[heading]
    chain = layers(contract)
    allowed = {
        room: {lower for below in chain[number + 1 :] for lower in below}
        for number, layer in enumerate(chain)
        for room in layer
    }
    assert rooms(heading) == allowed


def test_map_names_every_package_of_the_site() -> None:
    listed = {code_words(row[0]).pop() for row in table(MAP, under="Inside web")}
    assert listed == packages(PACKAGE / "web")


def test_map_names_the_modules_that_apps_have() -> None:
    listed = {
        code_words(row[0]).pop().removesuffix(".py") for row in table(MAP, under="Inside an app")
    }
    for app in packages(PACKAGE / "apps"):
        folder = PACKAGE / "apps" / app
        present = {path.stem for path in folder.glob("*.py")} | packages(folder)
        assert {"models", "services", "queries"} <= present, f"{app} misses a part of an app"
    assert {"models", "services", "queries"} <= listed


def test_files_that_the_map_names_exist() -> None:
    text = MAP.read_text(encoding="utf-8")
    named = {word for word in re.findall(r"`([\w./-]+\.(?:py|md|json|html))`", text) if "/" in word}
    named |= set(re.findall(r"\]\(([^)#:]+)\)", text))
    assert named
    places = (ROOT, PACKAGE)
    gone = [name for name in named if not any((place / name).exists() for place in places)]
    assert not gone


def test_contracts_are_exhaustive() -> None:
    """A new room without a place in a chain must fail."""
    text = (ROOT / ".importlinter").read_text(encoding="utf-8")
    assert text.count("exhaustive = True") == len(CHAINS)


def test_doors_contract_names_the_models_of_every_app() -> None:
    text = (ROOT / ".importlinter").read_text(encoding="utf-8")
    named = set(re.findall(r"vliegwiel\.apps\.(\w+)\.models", text))
    assert named == packages(PACKAGE / "apps")


def test_map_stays_a_map() -> None:
    assert len(MAP.read_text(encoding="utf-8").splitlines()) <= 120

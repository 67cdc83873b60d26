"""The glossary pairs the terms of the field with their names in the code, and is complete."""

import ast
import re
from itertools import pairwise

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from vliegwiel.apps.figures import vocabulary
from vliegwiel.apps.figures.vocabulary import WaitKind
from vliegwiel.apps.regions.rights import Role
from vliegwiel.web import loop

from .source import PACKAGE, ROOT, code_words, python_files, table, tree

GLOSSARY = ROOT / "docs/glossary.md"
# Spelling that English does not have, and stems of the field.
DUTCH = re.compile(
    r"ij|aa|zorg|jeugd|gemeen|wacht|aanmeld|behandel|verwijz|verblijf|beschik|toewijz|hulp"
    r"|^regio$|wijk|gezin|pleeg|heid$|lijk$|inzicht|kansen|traject$|uitkomst|begin_"
)
# Addresses that are not ours to name, or are the same in both languages.
GIVEN = {"account", "language", "healthz", "readyz", "api", "static"}


def terms() -> list[list[str]]:
    return table(GLOSSARY, under="Termen / Terms")


def addresses() -> list[list[str]]:
    return table(GLOSSARY, under="Adressen / Addresses")


def identifiers() -> set[str]:
    """Every name that the product or its tools give to something."""
    found = set()
    for path in python_files("src", "tools"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
                found.add(node.name)
            elif isinstance(node, ast.arg):
                found.add(node.arg)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found.add(node.id)
        found.add(path.stem)
    return found


def texts() -> str:
    paths = [*python_files("src"), *(PACKAGE / "reference").rglob("*.json")]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def test_every_row_is_complete() -> None:
    assert not [row for row in terms() if len(row) != 4 or not all(row)]
    assert not [row for row in addresses() if len(row) != 2 or not all(row)]


def test_terms_are_sorted_and_stand_once() -> None:
    names = [row[0].casefold() for row in terms()]
    assert not [(a, b) for a, b in pairwise(names) if a >= b]


def test_names_in_the_code_exist() -> None:
    everything = texts()
    words = set(re.findall(r"[\w-]+", everything))
    gone = [
        name
        for row in terms()
        for name in code_words(row[2])
        if name not in words and not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", everything)
    ]
    assert not gone


@pytest.mark.parametrize(
    "values",
    [
        pytest.param(vocabulary.Referrer.values, id="referrers"),
        pytest.param(vocabulary.Clock.values, id="clocks"),
        pytest.param(Role.values, id="roles"),
    ],
)
def test_stored_words_are_explained(values: list[str]) -> None:
    """A word that is stored and that the field has a name for stands in the glossary."""
    known = {name for row in terms() for name in code_words(row[2])}
    plain = {"all", "none"}
    assert set(values) - plain <= known


def test_kinds_of_wait_are_explained() -> None:
    """Kinds that are more than a number of weeks need explaining."""
    known = {name for row in terms() for name in code_words(row[2])}
    special = {WaitKind.STOP, WaitKind.IN_CONSULTATION, WaitKind.OTHER_ROUTE, WaitKind.UNKNOWN}
    assert {kind.value for kind in special} <= known


def test_dutch_identifiers_are_in_the_glossary() -> None:
    known = {word for row in terms() for word in re.findall(r"[\w-]+", row[0].casefold())}
    known |= {row[0] for row in addresses()}
    # The name of a region is a name.
    known |= {"ijsselland"}
    words = {
        word.lower()
        for name in identifiers()
        for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)
    }
    unexplained = {word for word in words if DUTCH.search(word) and word not in known}
    assert not unexplained


def test_the_spelling_test_sees_dutch() -> None:
    assert DUTCH.search("wachttijd")
    assert DUTCH.search("zorgvorm")
    assert not DUTCH.search("waiting_time")
    assert not DUTCH.search("delivery")


def segments() -> set[str]:
    """The fixed parts of the addresses of our own pages."""

    def walk(resolver: URLResolver, before: str) -> set[str]:
        found = set()
        for item in resolver.url_patterns:
            route = before + str(item.pattern)
            if isinstance(item, URLResolver):
                # What another package brings stays under the address that we gave it.
                ours = not before and str(item.pattern) in {"", "regio/<slug:region_slug>/"}
                found |= walk(item, route) if ours else {route}
            elif isinstance(item, URLPattern):
                found.add(route)
        return found

    fixed = {
        re.sub(r"<[^>]+>", "", part).split(".")[0].strip("^$")
        for route in walk(get_resolver("vliegwiel.site.urls"), "")
        for part in route.split("/")
    }
    coming = {part.path for part in loop.PARTS if part.path}
    return {part for part in fixed | coming if part} - GIVEN


def test_addresses_are_in_the_glossary_and_no_others() -> None:
    assert {row[0] for row in addresses()} == segments()

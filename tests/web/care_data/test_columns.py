"""Saying what the columns of a table mean, and delivering such a table, with a plain browser."""

import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.apps.intake import messages
from tests.apps.intake.everything import search
from tests.science.casetables import exported
from vliegwiel.apps.intake.models import KeptMessage, TableMappingVersion
from vliegwiel.apps.regions.rights import Role

from .test_pages import (
    PAGE,
    Enter,
    analyst,
    deliver,
    enter,
    ijsselland,
    own_key,
    read_at_once,
    send,
    text,
)

__all__ = ["analyst", "enter", "ijsselland", "own_key", "read_at_once"]
COLUMNS = f"{PAGE}kolommen/"


def table(**changes: str) -> bytes:
    rows = [exported.row(municipality=messages.MUNICIPALITY, **changes)]
    other = exported.row(municipality=messages.MUNICIPALITY, youth="kind-18", product="32")
    return exported.table([*rows, other])


def look(client: Client, content: bytes, **more: str) -> Any:
    return send(client, COLUMNS, {"table": SimpleUploadedFile("export.csv", content), **more})


def filled(answer: Any) -> dict[str, str]:
    """What stands in the form of a page, as a browser would send it."""
    page = answer.content.decode()
    found = dict(re.findall(r'<input type="hidden" name="(seen)" value="([^"]+)"', page))
    for name, inner in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', page, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', inner)
        found[name] = chosen[1] if chosen else ""
    return {name: unescape(value) for name, value in found.items()}


def label_of(answer: Any, name: str) -> str:
    found = re.search(rf'for="id_{name}">([^<]+)', answer.content.decode())
    assert found
    return unescape(found[1]).strip()


def test_from_a_file_to_a_table_that_is_taken(analyst: Client) -> None:
    shown = look(analyst, table())
    assert shown.status_code == 200
    page = text(shown)
    assert "Ziet eruit als: aaaa-99" in page
    assert "kind-1" not in shown.content.decode()
    assert "14-05-2012" not in shown.content.decode()
    given = filled(shown)
    assert [given[f"role_{at}"] for at in range(len(exported.ROLES))] == list(exported.ROLES)
    assert given["date_form"] == "dd-mm-yyyy"
    assert label_of(shown, "code_product_0") == "AMB"
    assert not search("AMB")
    unfinished = send(analyst, COLUMNS, {**given, "ids": "own", "name": "Ons systeem"})
    assert unfinished.status_code == 422
    assert not TableMappingVersion.objects.exists()
    choices = {"ids": "own", "name": "Ons systeem", "code_product_0": "45", "code_referrer_0": "02"}
    kept = text(send(analyst, COLUMNS, {**given, **choices}))
    assert "“Ons systeem” is bewaard, versie 1." in kept
    done = text(deliver(analyst, {"maart.csv": table()}))
    assert "Er zijn 6 nieuwe berichten bewaard" in done
    assert KeptMessage.objects.filter(release="table").exists()
    assert not search("kind-17")


def test_another_column_of_codes_needs_the_file_again(analyst: Client) -> None:
    given = filled(look(analyst, table()))
    swapped = {"role_2": "reason", "role_11": "product"}
    answer = send(analyst, COLUMNS, {**given, **swapped, "ids": "own", "name": "x"})
    assert answer.status_code == 422
    assert "Kies hieronder het bestand nog een keer" in text(answer)
    again = look(analyst, table(reason="klaar"), **{**given, **swapped})
    assert label_of(again, "code_product_0") == "klaar"
    assert filled(again)["role_2"] == "reason"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"role_0": ""}, "Kies welke kolom dit is: Nummer van de jeugdige."),
        ({"role_1": "youth"}, "Twee kolommen kunnen niet hetzelfde betekenen."),
        ({"name": ""}, "Naam : "),
    ],
)
def test_wrong_choices_are_told(analyst: Client, changes: dict[str, str], words: str) -> None:
    given = filled(look(analyst, table()))
    choices = {"ids": "own", "name": "x", "code_product_0": "45", "code_referrer_0": "02"}
    answer = send(analyst, COLUMNS, {**given, **choices, **changes})
    assert answer.status_code == 422
    assert words in text(answer)
    assert not TableMappingVersion.objects.exists()


def test_what_is_no_table_or_no_form_of_ours(analyst: Client) -> None:
    for content, words in ((b"", "geen tabel"), (b"a;b\n", "geen rijen")):
        answer = look(analyst, content)
        assert answer.status_code == 422
        assert words in text(answer)
    assert "Kies een bestand." in text(send(analyst, COLUMNS, {"seen": "made:up"}))


def test_who_may_not(enter: Enter) -> None:
    assert enter(Role.READER).get(COLUMNS).status_code == 403


def test_a_table_that_nobody_settled_says_where_to_go_on(analyst: Client) -> None:
    refused = text(deliver(analyst, {"maart.csv": table()}))
    assert "nog niet vastgelegd wat de kolommen van deze tabel betekenen" in refused

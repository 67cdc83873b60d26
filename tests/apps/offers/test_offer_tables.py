"""Reading a table of offers: what it says, and every fault with its place."""

from datetime import date

import pytest

from tests.apps.offers.offer_files import ROW, csv_of, excel_of, row, without_wait
from vliegwiel.apps.figures.findings import Finding
from vliegwiel.apps.offers.facts import OfferFacts, WaitFacts
from vliegwiel.apps.offers.offer_table import RULES, OfferRow, read_offers
from vliegwiel.apps.offers.vocabulary import OfferedForm, WaitSource, WaitUntil

PLACES = {"0193": "Zwolle", "0150": "Deventer", "0166": "Kampen"}
TODAY = date(2026, 11, 22)

MEANT = OfferRow(
    line=2,
    provider_code="01234567",
    provider="De Beuk",
    code="amb",
    facts=OfferFacts(
        title="Gezinshulp thuis",
        care_form=OfferedForm.OWN_NETWORK,
        target_group="gezinnen",
        age_from=4,
        age_to=12,
        municipalities=("0150", "0193"),
        free=True,
        places=20,
    ),
    wait=WaitFacts(
        days=42,
        until=WaitUntil.START,
        stated_on=date(2026, 3, 1),
        source=WaitSource.STATED,
        place="https://www.debeuk.example/wachttijd",
    ),
)


def read(content: bytes) -> tuple[list[OfferRow] | None, list[Finding]]:
    rows, found = read_offers(content, name="aanbod", municipalities=PLACES, today=TODAY)
    return None if rows is None else list(rows), list(found)


def test_the_same_row_in_csv_in_dutch_and_in_excel() -> None:
    dutch = row(
        free="Ja", wait_on="1-3-2026", wait_source="opgegeven", municipalities="zwolle | 150"
    )
    needed = {name: text for name, text in ROW.items() if text}
    # A spreadsheet makes numbers of what looks like one, and drops zeros in front.
    cells = [int(text) if text.isdigit() else text for text in needed.values()]
    for content in (csv_of([row()]), csv_of([dutch], dutch=True), excel_of([[*needed], cells])):
        assert read(content) == ([MEANT], [])


def test_empty_cells_say_nothing_and_all_is_every_municipality() -> None:
    rows, found = read(csv_of([without_wait(places="", municipalities="alle", target_group="")]))
    assert not found
    assert rows is not None
    assert rows[0].wait is None
    assert rows[0].facts.places is None
    assert rows[0].facts.municipalities == ("0150", "0166", "0193")


FAULTS = {
    "not_an_agb_code": row(provider_code="12A"),
    "empty_cell": row(offer=""),
    "unknown_value": row(care_form="paardenhulp"),
    "text_too_long": row(target_group="x" * 501),
    "unreadable_character": row(offer="a\x00b"),
    "not_a_whole_number": row(age_to="24"),
    "ages_reversed": row(age_from="13"),
    "not_a_day": row(starts_on="2026-02-30"),
    "days_reversed": row(starts_on="2026-02-02", ends_on="2026-02-01"),
    "day_ahead": row(wait_on="2026-11-23"),
    "municipality_unknown": row(municipalities="Zwolle|Ergens"),
    "wait_without_origin": row(wait_source=""),
    "origin_without_wait": row(wait_days=""),
}


@pytest.mark.parametrize("code", FAULTS)
def test_a_fault_refuses_the_table_and_has_its_place(code: str) -> None:
    good = row(offer_code="other")
    rows, found = read(csv_of([good, FAULTS[code]]))
    assert rows is None
    assert [item.code for item in found] == [code]
    assert found[0].path.startswith("line 3, ")
    assert found[0].message
    assert found[0].suggestion


def test_all_faults_at_once_with_what_is_wrong_between_rows() -> None:
    rows, found = read(
        csv_of([row(), row(provider="Beuk"), row(offer_code="b", free="misschien", age_from="oud")])
    )
    assert rows is None
    assert {(item.code, item.path) for item in found} == {
        ("offer_twice", "line 3"),
        ("provider_two_names", "line 3, provider"),
        ("unknown_value", "line 4, free"),
        ("not_a_whole_number", "line 4, age_from"),
    }


HEADING, LINE = csv_of([row()]).decode().splitlines()
FILES = {
    "empty_file": b"",
    "no_rows": HEADING.encode(),
    "column_missing": f"{HEADING.replace('age_from,', '')}\n{LINE}".encode(),
    "column_unknown": f"{HEADING},kleur\n{LINE},rood".encode(),
    "column_twice": f"{HEADING},vanaf\n{LINE},".encode(),
    "wrong_number_of_cells": f"{HEADING}\n{LINE},nog een".encode(),
    "not_a_table": f'{HEADING}\n"{LINE}'.encode(),
    "not_excel": b"PK\x03\x04 and no more",
    "wrong_encoding": csv_of([row(offer="Hulp caf\u00e9")]).decode().encode("latin-1"),
    "html_instead": b"<!doctype html><p>aanbod",
    "other_kind": b'{"aanbod": []}',
    "too_large": b"x" * 5_000_001,
    "too_many_rows": (HEADING + "\n" + 5_001 * "a\n").encode(),
}


@pytest.mark.parametrize("code", FILES)
def test_a_file_that_is_no_such_table(code: str) -> None:
    rows, found = read(FILES[code])
    assert rows is None
    assert code in {item.code for item in found}


def test_every_rule_is_tried() -> None:
    tried = {*FAULTS, *FILES, "offer_twice", "provider_two_names"}
    assert set(RULES) == tried

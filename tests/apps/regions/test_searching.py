"""Dutch words are found by their stem, inside longer words, and without tricks of the database."""

from collections.abc import Sequence

import pytest
from django.db import connection

from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.regions import searching
from vliegwiel.apps.regions.models import Municipality, Region
from vliegwiel.apps.regions.rare_words import stems_of
from vliegwiel.apps.regions.searching import excerpt, find_in, find_kept, find_texts, sought
from vliegwiel.apps.regions.services import system_user

TEXTS = [
    ("Wachtlijstonderzoek", "in twee gemeenten"),
    ("De jeugdhulpwachtlijst", "groeit"),
    ("Scholen", "werken samen"),
    ("100%_zeker", "iets"),
]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("wachtlijst", [0, 1]),
        ("wachtlijsten", [0, 1]),
        ("school", [2]),
        ("jeugdhulpwachtlijsten", [1]),
        ("wachtlijst gemeente", [0]),
        ("de het een", []),
        ("", []),
        ("' | !! :* \x00", []),
        ("100% wachtlijst", []),
    ],
)
def test_what_a_search_finds(db: None, typed: str, found: Sequence[int]) -> None:
    assert find_texts(TEXTS, sought(typed)) == found
    for number, (title, body) in enumerate(TEXTS):
        Municipality.objects.create(code=f"{number:04}", name=f"{title} {body}")
    rows = find_in(Municipality.objects.all(), sought(typed), titles=["name"])
    assert sorted(int(row.code) for row in rows) == sorted(found)
    assert {row.total for row in rows} <= {len(found)}  # type: ignore[attr-defined]


def test_a_long_word_finds_its_parts(db: None) -> None:
    Municipality.objects.create(code="0001", name="De wachtlijst groeit")
    Municipality.objects.create(code="0002", name="Een lijst met namen")
    what = sought("jeugdhulpwachtlijst")
    found = find_in(Municipality.objects.all(), what, titles=["name"])
    assert [row.code for row in found] == ["0001"]


def test_an_excerpt_shows_what_was_sought(db: None) -> None:
    text = "Begin. " * 40 + "De wachtlijst <b>groeit</b>. " + "Einde. " * 60
    pieces = excerpt(text, sought("wachtlijsten"))
    assert [piece.text for piece in pieces if piece.sought] == ["wachtlijst"]
    assert pieces[0].text.startswith("… ")
    assert pieces[-1].text.endswith(" …")
    assert sum(len(piece.text) for piece in pieces) < 300
    assert "".join(piece.text for piece in excerpt("Kort.", sought("niets"))) == "Kort."


@pytest.mark.parametrize(
    "typed",
    [
        *("wachtlijst", "wachtlijsten", "school", "jeugdhulpwachtlijsten", "wachtlijst gemeente"),
        *("de het een", "", "' | !! :* \x00", "100% wachtlijst", "lijst", "on", "wait", "e-mail"),
        *("onderzoekswachtlijstgroei", "huizen", "zeker", "écht", "wachtlijst\\groei"),
    ],
)
def test_kept_words_find_what_reading_finds(region: Region, typed: str) -> None:
    by = system_user()
    others = [("Écht een ziekenhuis", "the waiting list"), ("E-mail'tje", "x" * 200)]
    for title, body in [*TEXTS, *others]:
        Initiative.objects.create(
            region=region, title_nl=title, title_en=body, summary_nl=body, stage="idea", made_by=by
        )
    what, titles = sought(typed), ["title_nl", "title_en"]
    read = find_in(Initiative.objects.all(), what, titles=titles, texts=["summary_nl"])
    kept = find_kept(Initiative.objects.all(), what, titles=titles)
    assert [row.pk for row in kept] == [row.pk for row in read]
    assert {row.total for row in kept} <= {len(read)}  # type: ignore[attr-defined]


def test_of_very_many_the_newest_are_found(region: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "MOST_FOUND", 2)
    by = system_user()
    for number in range(4):
        Initiative.objects.create(
            region=region, title_nl=f"Wachtlijst {number}", summary_nl="x", stage="idea", made_by=by
        )
    found = find_kept(Initiative.objects.all(), sought("wachtlijst"), titles=["title_nl"])
    assert [row.title_nl for row in found] == ["Wachtlijst 1", "Wachtlijst 2", "Wachtlijst 3"]
    assert found[0].total == 3  # type: ignore[attr-defined]
    assert searching.newest_of(found, []).too_many
    # What was counted whole is told whole, however much it is.
    whole = find_in(Initiative.objects.all(), sought("wachtlijst"), titles=["title_nl"])
    assert searching.found_of(whole, []) == searching.Found(4, (), too_many=False)


def test_a_long_table_is_looked_through_by_rare_words(region: Region) -> None:
    text = "Wachtlijst met een huisarts op school en een \x00dagstart"
    by = system_user()
    Initiative.objects.bulk_create(
        Initiative(
            region=region, title_nl=f"Wachtlijst {number}", stage="idea", made_by=by,
            summary_nl="op school met huisarts" if number % 2 else "op school",
        )
        for number in range(40)
    )  # fmt: skip
    every = {"wachtlijst", "huisart", "schol", "dagstart"}
    untold = stems_of(text, Initiative, "search", most=25)
    assert (untold.every, untold.rare) == (every, every)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE initiatives_initiative")
    assert stems_of(text, Initiative, "search", most=25).rare == {"dagstart", "huisart"}
    assert stems_of(text, Initiative, "search", most=70).common == {"wachtlijst"}
    # Two are always looked for, however common.
    assert stems_of("wachtlijst school", Initiative, "search", most=0).rare == every - {
        "huisart",
        "dagstart",
    }

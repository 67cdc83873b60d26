"""Words that differ: what ships, what a region adds, and what is never lost."""

import pytest
from django.db import IntegrityError, transaction

from vliegwiel import reference
from vliegwiel.apps.insights import ChangedMeanwhile, TermRefused, queries, services
from vliegwiel.apps.insights.models import Term, TermAlias, TermMeaning
from vliegwiel.apps.insights.services import Meaning
from vliegwiel.apps.regions import NotAllowed
from vliegwiel.apps.regions.models import Region, User


def test_what_ships_has_a_place_in_its_source() -> None:
    shipped = reference.terms()
    known = set(reference.sources())
    meanings = [meaning for term in shipped for meaning in term.meanings]
    others = [other for term in shipped for other in term.same]
    assert (len(shipped), len(meanings), len(others)) == (18, 23, 21)
    assert all(item.source in known and item.place for item in (*meanings, *others))
    words = [term.word for term in shipped] + [other.word for other in others]
    assert len({word.casefold() for word in words}) == len(words)


def test_shipped_words_come_once_and_leave_own_ones_alone(loaded: Region, manager: User) -> None:
    mine = Meaning("Gemeenten", "Zoals wij het zeggen.", "")
    services.keep_meaning(region=loaded, word="Toegang", meaning=mine, by=manager)
    assert services.load_shipped_terms(region=loaded, by=manager) == 17
    assert services.load_shipped_terms(region=loaded, by=manager) == 0
    found = {item.word: item for item in queries.term_list(loaded)}
    assert [row.text for row in found["Toegang"].meanings] == ["Zoals wij het zeggen."]
    assert found["voorveld"].differs
    assert {other.word for other in found["voorveld"].others} == {"voorliggend veld", "basiszorg"}
    words = {item.id: item.words for item in queries.marked_words(loaded)}
    assert words[found["voorveld"].id][0] == "voorveld"


def test_a_meaning_is_replaced_only_by_who_saw_it(region: Region, manager: User) -> None:
    def keep(text: str, seen: int | None = None) -> int:
        meaning = Meaning("Gemeenten", text, "")
        return services.keep_meaning(
            region=region, word="drang", meaning=meaning, seen=seen, by=manager
        )

    term = keep("Eerst.")
    assert keep("Eerst.") == term
    with pytest.raises(ChangedMeanwhile):
        keep("Dan.")
    now = TermMeaning.objects.get()
    keep("Dan.", now.pk)
    with pytest.raises(ChangedMeanwhile):
        keep("Weer anders.", now.pk)
    found = queries.term(region, term)
    assert found is not None
    assert [row.text for row in found.meanings] == ["Dan."]
    assert [row.text for row in found.earlier] == ["Eerst."]


def test_what_is_refused(region: Region, manager: User, reader: User) -> None:
    with pytest.raises(TermRefused) as refused:
        services.keep_meaning(region=region, word="x", meaning=Meaning("", "", ""), by=manager)
    assert set(refused.value.problems) == {"word", "party", "text"}
    with pytest.raises(TermRefused) as refused:
        services.keep_other_word(region=region, word="pilot", other="Pilot", place="", by=manager)
    assert set(refused.value.problems) == {"other"}
    with pytest.raises(NotAllowed):
        services.load_shipped_terms(region=region, by=reader)


def test_what_the_database_refuses(region: Region, manager: User) -> None:
    term = Term.objects.create(region=region, word="drang", entered_by=manager)
    TermAlias.objects.create(term=term, word="stut", entered_by=manager)
    said = {"term": term, "party_nl": "Raad", "text_nl": "x", "entered_by": manager}
    TermMeaning.objects.create(**said)
    wrong = {
        "a_word_once_per_region": Term(region=region, word="Drang", entered_by=manager),
        "term_has_a_word": Term(region=region, word="", entered_by=manager),
        "an_other_word_once_per_term": TermAlias(term=term, word="STUT", entered_by=manager),
        "other_word_is_a_word": TermAlias(term=term, word="", entered_by=manager),
        "a_party_means_one_thing_at_a_time": TermMeaning(**{**said, "party_nl": "RAAD"}),
        "meaning_is_said_of_somebody": TermMeaning(**{**said, "party_nl": ""}),
    }
    for constraint, row in wrong.items():
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            row.save()

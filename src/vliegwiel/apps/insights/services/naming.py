"""Keeping which party means what by a word, and which words mean the same."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from vliegwiel import reference
from vliegwiel.apps.figures.models import Source
from vliegwiel.apps.insights.errors import ChangedMeanwhile, NotThere, TermRefused
from vliegwiel.apps.insights.models import Term, TermAlias, TermMeaning
from vliegwiel.apps.insights.vocabulary import (
    LONGEST_MEANING,
    LONGEST_PARTY,
    LONGEST_TITLE,
    LONGEST_WORD,
    SHORTEST_WORD,
)
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import require


@dataclass(frozen=True, slots=True)
class Meaning:
    """What `party` means by a word, and where that stands or was said."""

    party: str
    text: str
    place: str


@transaction.atomic
def keep_meaning(
    *, region: Region, word: str, meaning: Meaning, by: User, seen: int | None = None
) -> int:
    """Keeps what a party means by a word, and returns the id of the term.

    The word is made where the region has it not yet. What the party meant before is kept as
    history; `seen` is the id of the meaning that is corrected. The same again changes nothing.
    Raises TermRefused with a sentence per field, ChangedMeanwhile when the party means something
    else by now than was seen, and NotAllowed without the right to edit insights.
    """
    require(by, "insights.edit", region)
    word, meaning = " ".join(word.split()), _stripped(meaning)
    _check(word, meaning)
    term = _term(region, word, by)
    # A party that ships has a name in both languages.
    named = Q(party_nl__iexact=meaning.party) | Q(party_en__iexact=meaning.party)
    now = term.meanings.select_for_update().filter(named, replaced_at__isnull=True).first()
    if now is not None:
        if (now.text_nl, now.place) == (meaning.text, meaning.place):
            return term.pk
        if now.pk != seen:
            raise ChangedMeanwhile
        now.replaced_at = timezone.now()
        now.save(update_fields=["replaced_at"])
    TermMeaning.objects.create(
        term=term,
        party_nl=now.party_nl if now else meaning.party,
        party_en=now.party_en if now else "",
        text_nl=meaning.text,
        place=meaning.place,
        entered_by=by,
    )
    return term.pk


@transaction.atomic
def keep_other_word(*, region: Region, word: str, other: str, place: str, by: User) -> int:
    """Keeps that `other` means the same as `word`, and returns the id of the term.

    Raises TermRefused with a sentence per field, and NotAllowed without the right to edit insights.
    """
    require(by, "insights.edit", region)
    word, other, place = " ".join(word.split()), " ".join(other.split()), place.strip()
    problems = _word_problems(word, "word") | _word_problems(other, "other")
    if word.casefold() == other.casefold():
        problems["other"] = gettext("This is the same word.")
    if len(place) > LONGEST_TITLE:
        problems["place"] = gettext("Use at most %(n)s characters.") % {"n": LONGEST_TITLE}
    if problems:
        raise TermRefused(problems)
    term = _term(region, word, by)
    if not term.aliases.filter(word__iexact=other).exists():
        TermAlias.objects.create(term=term, word=other, place=place, entered_by=by)
    return term.pk


@transaction.atomic
def remove_term(*, region: Region, term_id: int, by: User) -> None:
    """Takes a word away with its meanings. Raises NotThere, and NotAllowed."""
    require(by, "insights.edit", region)
    deleted, _kinds = Term.objects.filter(region=region, pk=term_id).delete()
    if not deleted:
        raise NotThere


@transaction.atomic
def load_shipped_terms(*, region: Region, by: User) -> int:
    """Gives a region the terms that the source documents name; how many are new to it.

    Words that the region has already stay as they are. The bibliography must be loaded. Raises
    NotAllowed without the right to edit insights.
    """
    require(by, "insights.edit", region)
    Region.objects.select_for_update().get(pk=region.pk)
    sources = {source.key: source for source in Source.objects.all()}
    words = Term.objects.filter(region=region).values_list("word", flat=True)
    known = {word.casefold() for word in words}
    new = [term for term in reference.terms() if term.word.casefold() not in known]
    for shipped in new:
        term = Term.objects.create(region=region, word=shipped.word, shipped=True, entered_by=by)
        TermMeaning.objects.bulk_create(
            TermMeaning(
                term=term,
                party_nl=meaning.party.nl,
                party_en=meaning.party.en,
                text_nl=meaning.text.nl,
                text_en=meaning.text.en,
                source=sources[meaning.source],
                place=meaning.place,
                entered_by=by,
            )
            for meaning in shipped.meanings
        )
        TermAlias.objects.bulk_create(
            TermAlias(
                term=term,
                word=other.word,
                source=sources[other.source],
                place=other.place,
                entered_by=by,
            )
            for other in shipped.same
        )
    return len(new)


def _term(region: Region, word: str, by: User) -> Term:
    # Two people naming the same word wait for each other.
    Region.objects.select_for_update().get(pk=region.pk)
    found = Term.objects.filter(region=region, word__iexact=word).first()
    return found or Term.objects.create(region=region, word=word, entered_by=by)


def _stripped(meaning: Meaning) -> Meaning:
    party = " ".join(meaning.party.split())
    return Meaning(party, meaning.text.strip(), meaning.place.strip())


def _check(word: str, meaning: Meaning) -> None:
    problems = _word_problems(word, "word")
    for field, text, longest, empty in (
        ("party", meaning.party, LONGEST_PARTY, gettext("Say whose meaning this is.")),
        ("text", meaning.text, LONGEST_MEANING, gettext("Say what is meant by it.")),
    ):
        if not text:
            problems[field] = empty
        elif len(text) > longest:
            problems[field] = gettext("Use at most %(n)s characters.") % {"n": longest}
    if len(meaning.place) > LONGEST_TITLE:
        problems["place"] = gettext("Use at most %(n)s characters.") % {"n": LONGEST_TITLE}
    if problems:
        raise TermRefused(problems)


def _word_problems(word: str, field: str) -> dict[str, str]:
    # Of one or two letters every page holds many.
    if not SHORTEST_WORD <= len(word) <= LONGEST_WORD or not word[0].isalnum():
        words = gettext("Write a word or a few, of %(low)s to %(high)s letters.")
        return {field: words % {"low": SHORTEST_WORD, "high": LONGEST_WORD}}
    return {}

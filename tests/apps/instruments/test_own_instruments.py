"""An instrument of a region's own: made, changed without touching answers, shared."""

from dataclasses import replace

import pytest

from vliegwiel.apps.instruments import (
    ChangedMeanwhile,
    Draft,
    DraftQuestion,
    NotThere,
    Refused,
    queries,
    services,
)
from vliegwiel.apps.regions.errors import NotAllowed
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.services import system_user

from .conftest import detail, instrument_id, opened

DRAFT = Draft(
    title="How do we work together?",
    intro="For teams.",
    use="scan",
    of="group",
    lowest="never",
    highest="always",
    questions=(
        DraftQuestion("We meet.", "scale", aspect="Meeting"),
        DraftQuestion("We phone.", "scale", aspect="Meeting"),
        DraftQuestion("Where?", "choice", choices=("Here", "There")),
        DraftQuestion("Why?", "text", required=False),
    ),
)


def made(region: Region, by: User, draft: Draft = DRAFT) -> int:
    return services.save_instrument(
        region=region, instrument_id=None, seen=None, draft=draft, by=by
    )


def test_a_new_version_leaves_rounds_as_they_were(region: Region, lead: User) -> None:
    pk = made(region, lead)
    found = queries.instrument_detail(region, pk)
    assert found is not None
    assert [question.key for question in found.instrument.questions] == ["q1", "q2", "q3", "q4"]
    assert [aspect.key for aspect in found.instrument.aspects] == ["meeting"]
    assert [question.text for question in found.draft.questions] == [
        question.text for question in DRAFT.questions
    ]
    held = opened(region, DRAFT.title, "Team", by=lead)
    again = services.save_instrument(
        region=region, instrument_id=pk, seen=1, draft=found.draft, by=lead
    )
    assert again == pk
    shorter = replace(
        found.draft, questions=(found.draft.questions[1], DraftQuestion("New?", "yes_no"))
    )
    services.save_instrument(region=region, instrument_id=pk, seen=1, draft=shorter, by=lead)
    changed = queries.instrument_detail(region, pk)
    assert changed is not None
    assert [number for number, _made, _by in changed.versions] == [2, 1]
    assert [question.key for question in changed.instrument.questions] == ["q2", "q5"]
    assert len(detail(region, held).instrument.questions) == 4
    with pytest.raises(ChangedMeanwhile):
        services.save_instrument(region=region, instrument_id=pk, seen=1, draft=DRAFT, by=lead)


def test_an_instrument_is_seen_elsewhere_once_it_is_shared(
    region: Region, other_region: Region, lead: User
) -> None:
    pk = made(region, lead)
    assert queries.instrument_detail(other_region, pk) is None
    with pytest.raises(NotAllowed):
        services.share_instrument(region=region, instrument_id=pk, by=lead)
    services.share_instrument(region=region, instrument_id=pk, by=system_user())
    services.share_instrument(region=region, instrument_id=pk, by=system_user())
    seen = queries.instrument_detail(other_region, pk)
    assert seen is not None
    assert (seen.line.owner, seen.line.own, seen.line.shared) == ("IJsselland", False, True)
    with pytest.raises(NotThere):
        services.save_instrument(
            region=other_region, instrument_id=pk, seen=1, draft=DRAFT, by=system_user()
        )
    with pytest.raises(NotThere):
        services.share_instrument(region=other_region, instrument_id=pk, by=system_user())
    assert opened(other_region, DRAFT.title, "Team", by=system_user())
    assert not queries.round_list(region)


def test_nobody_changes_what_ships(region: Region, lead: User) -> None:
    pk = instrument_id(region, "Maturity of innovation")
    with pytest.raises(NotThere):
        services.save_instrument(region=region, instrument_id=pk, seen=1, draft=DRAFT, by=lead)


def test_who_may_not_edit_makes_nothing(region: Region, reader: User) -> None:
    with pytest.raises(NotAllowed):
        made(region, reader)
    with pytest.raises(NotAllowed):
        opened(region, "Guide for a brainstorm", "Team", by=reader)


@pytest.mark.parametrize(
    ("draft", "fields"),
    [
        (Draft(" ", "", "x", "y"), {"title", "intro", "use", "of", "questions"}),
        (replace(DRAFT, lowest="", highest=""), {"lowest", "highest"}),
        (replace(DRAFT, questions=(DraftQuestion("Why?", "text"),)), {"questions"}),
        (
            replace(
                DRAFT,
                questions=(
                    DRAFT.questions[0],
                    DraftQuestion(" ", "text"),
                    DraftQuestion("A?", "guess"),
                    DraftQuestion("B?", "choice", choices=("One",)),
                    DraftQuestion("C?", "choice", choices=("One", "one")),
                    DraftQuestion("D?", "text", aspect="!!"),
                ),
            ),
            {f"questions-{place}" for place in range(1, 6)},
        ),
        (replace(DRAFT, title="!!!"), {"title"}),
    ],
)
def test_a_draft_is_refused_with_a_sentence_per_field(
    region: Region, lead: User, draft: Draft, fields: set[str]
) -> None:
    with pytest.raises(Refused) as refused:
        made(region, lead, draft)
    assert set(refused.value.problems) == fields


def test_a_name_stands_once(region: Region, lead: User) -> None:
    made(region, lead)
    with pytest.raises(Refused) as refused:
        made(region, lead)
    assert set(refused.value.problems) == {"title"}


def test_keys_that_somebody_makes_up_are_not_taken_over(region: Region, lead: User) -> None:
    questions = (replace(DRAFT.questions[0], key="NOT a key", aspect="A_-_b " + "x" * 70),)
    pk = made(region, lead, replace(DRAFT, title="_ New _", questions=questions))
    found = queries.instrument_detail(region, pk)
    assert found is not None
    assert (found.instrument.key, found.instrument.questions[0].key) == ("new", "q1")
    twice = replace(found.draft, questions=found.draft.questions * 2)
    services.save_instrument(region=region, instrument_id=pk, seen=1, draft=twice, by=lead)
    again = queries.instrument_detail(region, pk)
    assert again is not None
    assert [question.key for question in again.instrument.questions] == ["q1", "q2"]

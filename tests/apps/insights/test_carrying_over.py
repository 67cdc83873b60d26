"""What was said in a conversation becomes observations: once, and of nobody in particular."""

import pytest

from vliegwiel.apps.insights import (
    NotThere,
    ObservationRefused,
    ObservationsRefused,
    services,
)
from vliegwiel.apps.insights.models import Observation
from vliegwiel.apps.instruments import queries as instruments
from vliegwiel.apps.instruments import services as rounds
from vliegwiel.apps.regions import NotAllowed
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.services import system_user


def held(region: Region, by: User, mark: str = "") -> int:
    rounds.load_shipped(by=system_user())
    (guide,) = (line for line in instruments.instrument_list(region) if line.use == "conversation")
    return rounds.open_round(
        region=region,
        instrument_id=guide.id,
        title="Gesprek",
        parties=[rounds.NewParty("Aanbieders")],
        again_on=None,
        by=by,
        mark=mark,
    )


def say(region: Region, pk: int, **given: str) -> str:
    found = instruments.round_detail(region, pk)
    assert found is not None
    secret = rounds.begin_answer(invite=found.parties[0].invite)
    rounds.save_answer(secret=secret, given=given, hand_in=True)
    return secret


def carry(region: Region, pk: int, by: User, **more: bool) -> tuple[int, int]:
    kept = services.carry_over(region=region, round_id=pk, by=by, **more)
    return kept.added, kept.known


def test_every_answer_once_also_when_it_was_changed_since(region: Region, manager: User) -> None:
    pk = held(region, manager)
    with pytest.raises(NotThere):
        carry(region, pk, manager)
    secret = say(region, pk, palette="Nummer zeven.", own="Crisishulp thuis.")
    assert carry(region, pk, manager) == (2, 0)
    first, second = Observation.objects.order_by("-pk")
    assert (first.text_nl, first.kind) == ("Nummer zeven.", "session")
    assert first.heard_on is not None
    heard = services.Heard("Anders gezegd.", "session", None, "")
    services.change_observation(
        region=region, observation_id=second.pk, heard=heard, seen=1, by=manager
    )
    assert carry(region, pk, manager) == (0, 2)
    rounds.save_answer(
        secret=secret, given={"palette": "Nummer acht.", "own": "Crisishulp thuis."}, hand_in=True
    )
    assert carry(region, pk, manager) == (1, 1)


def test_persons_made_up_answers_and_strangers(region: Region, manager: User, reader: User) -> None:
    pk = held(region, manager)
    say(region, pk, own="Vraag het aan Jan de Vries.")
    with pytest.raises(ObservationsRefused) as refused:
        carry(region, pk, manager)
    (found,) = refused.value.findings
    assert found.place.startswith("Aanbieders: ")
    assert refused.value.only_persons
    assert not Observation.objects.exists()
    with pytest.raises(NotAllowed):
        carry(region, pk, reader, nobody_in_it=True)
    assert carry(region, pk, manager, nobody_in_it=True) == (1, 0)
    made_up = held(region, manager, mark="generated")
    say(region, made_up, own="Crisishulp thuis.")
    with pytest.raises(ObservationRefused):
        carry(region, made_up, manager)
    elsewhere = Region.objects.create(code="JZ42", slug="elders", name="Elders")
    with pytest.raises(NotThere):
        carry(elsewhere, pk, system_user())

"""The made-up care messages of the demo: delivered once, with names that say what they are."""

import pytest

from tests.apps.trajectories.kept import make_region
from vliegwiel.apps.intake import queries
from vliegwiel.cli import shipped_messages
from vliegwiel.science.regionbox import BoxOptions


@pytest.mark.django_db
def test_messages_are_delivered_once_and_say_that_they_are_made_up(
    monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    settings.PSEUDONYM_KEY = "the same key in every run of these tests, 43 signs"  # type: ignore[attr-defined]
    small = {"scale": 0.002, "months": 6, "declarations": False, "answers": False, "rejected": 0}
    monkeypatch.setattr(shipped_messages, "OPTIONS", BoxOptions(**small))
    region = make_region()
    for _start in range(2):
        told = shipped_messages.deliver_messages(lambda _done, _total: None)
    (delivery,) = queries.deliveries(region)
    kept = queries.intake_counts(region)
    assert delivery.name == "gegenereerde-zorgberichten"
    assert kept.messages > 30
    assert told.split()[:2] == [str(kept.messages), "verzonnen"]

"""The made-up care messages of the demo: delivered once, with names that say what they are."""

import pytest

from tests.apps.trajectories.kept import keep, make_region
from vliegwiel.apps.explorer import queries as explorer
from vliegwiel.apps.figures.queries import (
    all_figures,
    counts_of_cbs,
    municipal_figures,
    municipal_subjects,
)
from vliegwiel.apps.figures.services import load_sources
from vliegwiel.apps.intake import queries
from vliegwiel.apps.intake.models import Delivery
from vliegwiel.apps.intake.models.deliveries import DeliveryStatus
from vliegwiel.apps.regions import queries as regions
from vliegwiel.apps.regions.services import load_regions, system_user
from vliegwiel.cli import shipped, shipped_box, shipped_messages
from vliegwiel.science.regionbox import BoxOptions
from vliegwiel.science.regionbox.tables import SOURCE as GENERATED


@pytest.mark.django_db
def test_messages_are_delivered_once_and_say_that_they_are_made_up(
    monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    settings.PSEUDONYM_KEY = "the same key in every run of these tests, 43 signs"  # type: ignore[attr-defined]
    small = {"scale": 0.002, "months": 6, "declarations": False, "answers": False, "rejected": 0}
    monkeypatch.setattr(shipped_messages, "OPTIONS", BoxOptions(**small))
    region = make_region()
    load_sources(by=system_user())
    shipped_messages._box.cache_clear()
    for _start in range(2):
        told = shipped_messages.deliver_messages(lambda _done, _total: None)
    (delivery,) = queries.deliveries(region)
    kept = queries.intake_counts(region)
    assert delivery.name == "gegenereerde-zorgberichten"
    assert kept.messages > 30
    assert told.split()[:2] == [str(kept.messages), "verzonnen"]
    # Beside them stands what CBS would count of the same region, and nowhere else.
    assert queries.has_only_made_up(region)
    beside = counts_of_cbs(region, "2023H2", messages_made_up=True)["all_in_kind"]
    assert beside.made_up
    assert beside.youths is not None
    assert beside.youths.value % 5 == 0
    assert all_figures(region) == []
    assert counts_of_cbs(region, "2023H2")["all_in_kind"].youths is None
    # A model of them is asked for once.
    assert [fit.status for fit in explorer.fits(region)] == ["queued"]
    # With messages of its own, or without any, a region gets no made-up counts.
    own = keep(region, [])
    assert not queries.has_only_made_up(region)
    own.delete()
    Delivery.objects.filter(region=region).update(status=DeliveryStatus.REFUSED)
    assert not queries.has_only_made_up(region)
    shipped_messages._box.cache_clear()


@pytest.mark.django_db
def test_figures_of_municipalities_are_made_up_once_and_never_small(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The second half of 2023 is the only whole period of six months from July.
    monkeypatch.setattr(shipped_box, "OPTIONS", BoxOptions(scale=0.05, months=6))
    shipped_box._box.cache_clear()
    load_regions(
        regions=[facts for facts in shipped._region_facts() if facts.code == "JZ07"],
        by=system_user(),
    )
    region = regions.region_by_code("JZ07")
    assert region is not None
    load_sources(by=system_user())
    for _start in range(2):
        told = shipped_box.load_municipal_figures(lambda _done, _total: None)
    subjects = municipal_subjects(region)
    assert {subject.measure for subject in subjects} == {"youths_with_care"}
    assert told.split()[0] == str(len(subjects))
    shown = [item.figure for item in municipal_figures(region, subjects[0], "2023H2").values]
    values = [figure for figure in shown if figure is not None]
    assert values
    assert all(figure.value >= 10 and figure.source.key == GENERATED for figure in values)
    shipped_box._box.cache_clear()

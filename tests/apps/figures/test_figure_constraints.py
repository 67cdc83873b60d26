"""What the database itself refuses, whoever writes."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from vliegwiel.apps.figures.models import (
    FigureDelivery,
    RegionalFigure,
    Source,
    StatedWait,
    WaitingTimeDelivery,
    WaitingTimeStatement,
)
from vliegwiel.apps.regions.models import Region, User


@pytest.fixture
def figure(ijsselland: Region, system: User) -> dict[str, Any]:
    source = Source.objects.create(key="s", title="S", publisher="P", kind="report")
    delivery = FigureDelivery.objects.create(
        region=ijsselland, name="f", content_hash="0", loaded_by=system
    )
    return {
        "region": ijsselland,
        "delivery": delivery,
        "measure": "youths",
        "area": "JZ07",
        "period": "2022",
        "sex": "all",
        "age_band": "0-22",
        "care_form": "none",
        "referrer": "all",
        "value": 5,
        "decimals": 0,
        "unit": "persons",
        "status": "printed",
        "label": "printed",
        "source": source,
        "place": "p. 1",
    }


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"value": -1}, "figure_is_not_negative"),
        ({"value": 101, "unit": "percent"}, "share_is_at_most_hundred_percent"),
        ({"decimals": 5}, "figure_has_at_most_four_decimals"),
        ({"period": "22"}, "figure_period_is_year_half_or_day"),
        ({"measure": "x"}, "figure_words_are_known"),
        ({}, "a_figure_once_per_source"),
    ],
)
def test_figures(figure: dict[str, Any], changed: dict[str, Any], constraint: str) -> None:
    RegionalFigure.objects.create(**figure)
    other = {**figure, "period": "2021"} if changed else figure
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        RegionalFigure.objects.create(**{**other, **changed})


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"year": 99}, "source_year_is_plausible"),
        ({"note_nl": "Let op."}, "source_note_in_both_languages"),
    ],
)
@pytest.mark.django_db
def test_sources(changed: dict[str, Any], constraint: str) -> None:
    fields = {"key": "k", "title": "T", "publisher": "P", "kind": "report", **changed}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Source.objects.create(**fields)


@pytest.fixture
def statement(twente: Region, system: User) -> dict[str, Any]:
    delivery = WaitingTimeDelivery.objects.create(
        region=twente,
        name="w",
        content_hash="0",
        generated_at=datetime(2026, 8, 14, tzinfo=UTC),
        loaded_by=system,
    )
    return {
        "delivery": delivery,
        "position": 0,
        "offer_key": "a",
        "provider": "P",
        "place": "Enschede",
        "place_text": "Enschede",
        "whole_region": False,
        "is_for_youth": True,
        "is_crisis": False,
        "funding": "Jeugdwet",
        "nature": "concrete",
        "page": "https://example.nl",
        "stated_on": date(2026, 8, 14),
        "month_only": False,
        "observation": "observed",
    }


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"offer_key": "b"}, "a_row_once_per_delivery"),
        ({"position": 1}, "an_offer_once_per_delivery"),
        ({"position": 1, "offer_key": "b", "nature": "x"}, "statement_words_are_known"),
        ({"position": 1, "offer_key": "b", "kinds": ["x"]}, "statement_words_are_known"),
    ],
)
def test_statements(statement: dict[str, Any], changed: dict[str, Any], constraint: str) -> None:
    WaitingTimeStatement.objects.create(**statement)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        WaitingTimeStatement.objects.create(**{**statement, **changed})


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"clock": "to_intake"}, "one_wait_per_clock"),
        ({"clock": "x"}, "stated_wait_words_are_known"),
        ({"low_weeks": 9}, "stated_wait_bounds_are_in_order"),
        ({"low_weeks": -1}, "stated_wait_bounds_are_in_order"),
        ({"high_weeks": None}, "stated_wait_bounds_fit_its_kind"),
        ({"kind": "stop"}, "stated_wait_bounds_fit_its_kind"),
        ({"kind": "longer_than"}, "stated_wait_bounds_fit_its_kind"),
    ],
)
def test_stated_waits(statement: dict[str, Any], changed: dict[str, Any], constraint: str) -> None:
    row = WaitingTimeStatement.objects.create(**statement)
    fields = {"statement": row, "kind": "weeks", "basis": "number", "approximate": False}
    weeks = {"low_weeks": 8, "high_weeks": 8}
    StatedWait.objects.create(**fields, **weeks, clock="to_intake")
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        StatedWait.objects.create(**{**fields, **weeks, "clock": "to_treatment", **changed})


def test_a_file_once_per_region(statement: dict[str, Any], system: User) -> None:
    kept = statement["delivery"]
    with (
        pytest.raises(IntegrityError, match="a_waiting_time_file_once_per_region"),
        transaction.atomic(),
    ):
        WaitingTimeDelivery.objects.create(
            region=kept.region,
            name="other",
            content_hash=kept.content_hash,
            generated_at=kept.generated_at,
            loaded_by=system,
        )

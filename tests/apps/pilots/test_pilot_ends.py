"""A pilot ends within ten years, so that no date runs out of the calendar."""

from dataclasses import replace
from datetime import date

from vliegwiel.apps.pilots import PlanFacts
from vliegwiel.apps.pilots.models import Pilot
from vliegwiel.apps.pilots.queries.results import _followed_up, result_now
from vliegwiel.apps.pilots.services.checking_plans import draft_problems
from vliegwiel.apps.regions.models import Region


def test_the_end_lies_at_most_ten_years_after_the_start(region: Region, facts: PlanFacts) -> None:
    for starts_on, ends_on, refused in (
        (date(2026, 1, 1), date(2036, 1, 1), False),
        (date(2026, 1, 1), date(2036, 1, 10), True),
        (date(2026, 1, 1), date.max, True),
        (date(9995, 1, 1), date.max, False),
    ):
        plan = replace(facts, starts_on=starts_on, ends_on=ends_on)
        assert ("ends_on" in draft_problems(plan, region=region)) is refused


def test_the_last_day_of_the_calendar_was_not_followed_up(pilot: Pilot) -> None:
    result = replace(result_now(pilot.outcomes.get().pk), last_day=date(2027, 1, 1))
    assert not _followed_up(result, date.max)
    assert _followed_up(result, date(2026, 7, 3))
    assert not _followed_up(result, date(2026, 7, 4))

"""The smallest useful test of an initiative's hypothesis, and a plan that begins with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from vliegwiel.apps.explorer import pilot_words
from vliegwiel.apps.explorer import queries as explorer
from vliegwiel.apps.initiatives import queries as initiatives
from vliegwiel.apps.pilots import GroupFacts, PlanFacts
from vliegwiel.apps.pilots.queries import ASKS, DesignId, LotId
from vliegwiel.apps.regions.queries import municipalities_of
from vliegwiel.science.evidence import SmallestTest

#: Design of the explorer -> design of a plan, and what the lot decides in it.
_DESIGNS = {
    "before_after": (DesignId.BEFORE_AFTER, LotId.NOTHING),
    "differences": (DesignId.DIFFERENCES, LotId.NOTHING),
    "stepped": (DesignId.STEPPED, LotId.ORDER),
    "clusters": (DesignId.DIFFERENCES, LotId.CLUSTERS),
    "youths": (DesignId.RANDOMISED, LotId.PERSONS),
}


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that a plan may begin with."""

    run: int
    headline: str
    measurable: bool


@dataclass(frozen=True, slots=True)
class SmallestTests:
    """`ask` is where to ask for one; empty while the hypothesis has no forecast."""

    ask: str
    answered: Sequence[Answered]


def tests_of(region: Any, initiative: int) -> SmallestTests:
    """The smallest useful tests of the newest forecast of an initiative."""
    hypothesis = initiatives.hypothesis_now(initiative)
    forecasts = hypothesis.forecasts if hypothesis is not None else ()
    for _version, scenario, _run in forecasts[:1]:
        version = explorer.scenario_version(region, scenario)
        if version is None:
            continue
        done = [run for run in explorer.smallest_tests_of(version) if run.status == "done"]
        tests = [(run.pk, explorer.smallest_test_of(run)) for run in done]
        return SmallestTests(
            reverse("smallest_test_ask", args=[region.slug, scenario]),
            [
                Answered(pk, pilot_words.headline(test), test.answer is not None)
                for pk, test in tests
            ],
        )
    return SmallestTests("", [])


def started_with(region: Any, run: int) -> PlanFacts | None:
    """The beginning of a plan from an answer of the region; None where there is none to take."""
    found = explorer.smallest_test_run(region, run)
    if found is None or found.status != "done":
        return None
    test = explorer.smallest_test_of(found)
    if test.answer is None or test.asked.design not in _DESIGNS:
        return None
    design, lot = _DESIGNS[test.asked.design]
    return PlanFacts(
        title="",
        design=design,
        lot=lot,
        tuning_size=_size(test, design),
        analysis=_("Size by the smallest useful test, calculation %(number)s: %(sentence)s")
        % {"number": run, "sentence": pilot_words.headline(test)},
        groups=_groups(region, test),
    )


def _size(test: SmallestTest, design: DesignId) -> int:
    """Measurements since the start: a row a place and month, or one for each youth."""
    trial = test.told
    months = trial.months or 1
    if ASKS[design].by_month:
        return max(round((trial.sites + trial.compared) * months), 1)
    point = trial.at(months)
    return max(round(point.youths + point.youths_compared), 1)


def _groups(region: Any, test: SmallestTest) -> tuple[GroupFacts, ...]:
    """The municipalities that were asked about; who begins where the lot decides is still open."""
    names = {place.code: place.name for place in municipalities_of(region)}
    given = [code for code in test.asked.given if code in names]
    beside = [code for code in test.asked.available if code in names and code not in given]
    return tuple(
        GroupFacts(key=code.lower(), name=names[code], treated=code in given, municipality=code)
        for code in (*given, *beside)
    )

"""The page of an answer: the sentence, how sure it is, the picture, the table, where it is from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from vliegwiel.apps.explorer import descriptions, pilot_words, queries
from vliegwiel.science.evidence import SmallestTest, Trial
from vliegwiel.web import notation
from vliegwiel.web.charts import PowerLine, PowerPlace, power_chart
from vliegwiel.web.components import Column, Download, FigureBlock, Quality, Table

_PERCENT = 100.0


@dataclass(frozen=True, slots=True)
class Checked:
    outcome: str
    sentence: str


@dataclass(frozen=True, slots=True)
class AnswerPage:
    run: Any
    title: str
    headline: str
    question: str
    design: Any
    explanation: Any
    measurable: bool
    trials: Table
    figure: FigureBlock | None
    checks: Sequence[Checked]
    facts: Sequence[tuple[str, str]]
    downloads: Sequence[Download]


def answer_page(run: Any) -> AnswerPage:
    """Everything on the page of an answer."""
    test = queries.smallest_test_of(run)
    downloads = _downloads(run)
    return AnswerPage(
        run=run,
        title=descriptions.in_language(queries.scenario(run.scenario).title),
        headline=pilot_words.headline(test),
        question=_question(test),
        design=pilot_words.DESIGNS[test.asked.design],
        explanation=pilot_words.EXPLANATIONS[test.asked.design],
        measurable=test.answer is not None,
        trials=_trials(test),
        figure=_figure(run, test, downloads),
        checks=[Checked(str(c.outcome), pilot_words.check(c)) for c in test.checks],
        facts=_facts(test),
        downloads=downloads,
    )


def _question(test: SmallestTest) -> str:
    return _("What is counted: %(outcome)s, %(care_type)s. How sure: %(asked)s of 100 cases.") % {
        "outcome": _uncapitalised(str(pilot_words.OUTCOMES[test.asked.outcome])),
        "care_type": _uncapitalised(pilot_words.care_type(test)),
        "asked": notation.number(_PERCENT * test.asked.certainty),
    }


def _uncapitalised(words: str) -> str:
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def _trials(test: SmallestTest) -> Table:
    rows = []
    for trial in test.trials:
        point = trial.at(trial.months or trial.points[-1].months) if trial.points else None
        rows.append(
            (
                notation.number(trial.sites),
                notation.number(trial.months) if trial.months else _because(trial),
                None if point is None else point.youths,
                None if point is None else _PERCENT * point.power.value,
                notation.MISSING if point is None else _between(point.power.low, point.power.high),
            )
        )
    columns = [
        Column(_("Pilot municipalities")),
        Column(_("Months needed")),
        Column(_("Youths counted in the pilot"), "number"),
        Column(_("Effect seen (of 100)"), "number"),
        Column(_("Between")),
    ]
    return Table(_("What each number of municipalities can show"), columns, rows)


def _because(trial: Trial) -> str:
    return _("cannot be measured: %(why)s") % {"why": pilot_words.reason(trial.reason or "")}


def _between(low: float, high: float) -> str:
    return notation.interval(_PERCENT * low, _PERCENT * high)


def _figure(run: Any, test: SmallestTest, downloads: Sequence[Download]) -> FigureBlock | None:
    drawn = [trial for trial in test.trials if trial.points]
    if not drawn:
        return None
    what = _("Chance that the effect is seen, in per cent")
    chart = power_chart(
        [_line(trial) for trial in drawn],
        asked=_PERCENT * test.asked.certainty,
        y_title=what,
        x_title=_("months after the start"),
        language=(get_language() or "nl")[:2],
    )
    return FigureBlock(
        id="power",
        title=_finding(test),
        what=what,
        table=_durations(drawn),
        chart=chart,
        quality=Quality("model", _("an outcome of the model, not a measurement")),
        date=notation.day(run.ended_at),
        how=_how(test),
        downloads=downloads,
    )


def _line(trial: Trial) -> PowerLine:
    points = [
        PowerPlace(
            point.months,
            *(_PERCENT * v for v in (point.power.low, point.power.value, point.power.high)),
        )
        for point in trial.points
    ]
    return PowerLine(_places(trial.sites), points, trial.months)


def _places(count: int) -> str:
    return ngettext("%(count)s municipality", "%(count)s municipalities", count) % {"count": count}


def _finding(test: SmallestTest) -> str:
    told = test.told
    words = {"sites": _places(told.sites), "months": notation.number(told.months or 0)}
    if told.months is None:
        return _("No duration up to %(months)s months is enough") % {
            "months": notation.number(test.asked.longest)
        }
    return _("With %(sites)s the effect can be seen after %(months)s months") % words


def _durations(drawn: Sequence[Trial]) -> Table:
    rows = [
        (
            _("%(sites)s, month %(month)s")
            % {"sites": _places(trial.sites), "month": notation.number(point.months)},
            point.youths,
            point.youths_compared,
            _PERCENT * point.power.value,
            _between(point.power.low, point.power.high),
            _PERCENT * point.false_alarms.value,
            _between(point.false_alarms.low, point.false_alarms.high),
        )
        for trial in drawn
        for point in trial.points
    ]
    columns = [
        Column(_("After")),
        Column(_("Youths counted in the pilot"), "number"),
        Column(_("Youths compared with"), "number"),
        Column(_("Effect seen (of 100)"), "number"),
        Column(_("Between")),
        Column(_("False alarms (of 100)"), "number", 1),
        Column(_("Between")),
    ]
    return Table(_("Every duration that was tried"), columns, rows)


def _how(test: SmallestTest) -> Sequence[str]:
    return [
        _(
            "The pilot itself was simulated %(count)s times in the model of the region, with the "
            "change and without it. Each time the test of this design was done on what the "
            "municipalities would have counted by then. Half of these pilots were for the search, "
            "the other half shows how good its answer is."
        )
        % {"count": notation.number(2 * test.asked.replications)},
        _(
            "The line is the part of the pilots in which the effect is seen; in 95 of 100 cases "
            "the true chance lies within the band."
        ),
    ]


def _facts(test: SmallestTest) -> Sequence[tuple[str, str]]:
    asked = test.asked
    places = pilot_words.municipalities(test) or _("all by lot")
    return [
        (_("Municipalities with the pilot"), places),
        (_("Months measured before the start"), notation.number(asked.months_before)),
        (_("Most months that the pilot may take"), notation.number(asked.longest)),
        (_("Pilots simulated"), notation.number(2 * asked.replications)),
        (_("Seed"), str(asked.seed)),
        (_("Version of Vliegwiel"), asked.code_version),
    ]


def _downloads(run: Any) -> list[Download]:
    where = {"region_slug": run.scenario.care_system.region.slug, "pk": run.pk}
    csv = reverse("smallest_test_csv", kwargs=where)
    return [
        Download(_("CSV for Dutch Excel"), f"{csv}?notation=nl"),
        Download(_("CSV for programs (English)"), csv),
        Download(_("JSON for programs"), reverse("smallest_test_json", kwargs=where)),
    ]

"""Which forecasts to put beside each other, and what to say when that cannot be."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vliegwiel.apps.explorer import comparing, descriptions, queries
from vliegwiel.apps.explorer.queries import FinishedRun
from vliegwiel.science.caresystem import Forecast
from vliegwiel.web import notation

_MOST_DIGITS = 18
_MOST_GROUPS = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """The finished forecasts that an address names, and why they may not be compared.

    `missing` counts those that are not there or not finished; `reason` is None when the others may.
    """

    runs: Sequence[FinishedRun]
    forecasts: Sequence[Forecast]
    missing: int
    reason: comparing.Reason | None


@dataclass(frozen=True, slots=True)
class Choice:
    """A finished forecast that may be ticked."""

    run: Any
    title: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    """Forecasts with the same settings: these may stand beside each other."""

    settings: str
    choices: Sequence[Choice]


def numbers_of(query: QueryDict) -> list[int]:
    """The runs that an address names, each once, in its order."""
    asked = [text for text in query.getlist("run") if text.isascii() and text.isdecimal()]
    return list(dict.fromkeys(int(text) for text in asked if len(text) <= _MOST_DIGITS))


def asked(region: Any, numbers: Sequence[int]) -> Asked:
    """What these numbers stand for. Of too many runs nothing is read."""
    runs = list(queries.finished_runs_of(region, numbers))
    missing = len(numbers) - len(runs)
    if len(runs) > comparing.MOST:
        return Asked(runs, (), missing, "too_many")
    forecasts = [queries.outcome_of(found.run).forecast for found in runs]
    return Asked(runs, forecasts, missing, comparing.refusal(forecasts))


def names(runs: Sequence[FinishedRun]) -> list[str]:
    """The title of each scenario; with its version where titles are the same."""
    titles = [descriptions.in_language(found.title) for found in runs]
    return [
        title
        if titles.count(title) == 1
        else _("%(title)s, version %(version)s")
        % {"title": title, "version": found.run.scenario.number}
        for title, found in zip(titles, runs, strict=True)
    ]


def groups(region: Any, chosen: Sequence[int]) -> list[ChoiceGroup]:
    """The finished forecasts by their settings; the group of the first that is chosen in front."""
    found: dict[tuple[Any, ...], list[FinishedRun]] = {}
    for one in queries.finished_runs(region):
        found.setdefault(_settings(one.run), []).append(one)
    for one in queries.finished_runs_of(region, chosen):
        group = found.setdefault(_settings(one.run), [])
        if one.run.pk not in [other.run.pk for other in group]:
            group.append(one)
    ordered = sorted(
        found.items(),
        key=lambda item: (not any(one.run.pk in chosen for one in item[1]), -len(item[1])),
    )
    return [
        ChoiceGroup(
            _settings_in_words(group[0].run),
            [
                Choice(one.run, title, one.run.pk in chosen)
                for one, title in zip(group, names(group), strict=True)
            ],
        )
        for _key, group in ordered[:_MOST_GROUPS]
    ]


def _settings(run: Any) -> tuple[Any, ...]:
    return run.scenario.care_system_id, run.months, run.replications, run.seed, run.code_version


def _settings_in_words(run: Any) -> str:
    return _(
        "%(months)s months ahead, %(replications)s repetitions, seed %(seed)s, care system "
        "version %(version)s"
    ) % {
        "months": notation.number(run.months),
        "replications": notation.number(run.replications),
        "seed": run.seed,
        "version": run.scenario.care_system.version,
    }


def objection(found: Asked) -> str:
    """What stands in the way of a comparison, and what to do about it; empty when nothing does."""
    said = []
    if found.missing:
        said.append(
            ngettext(
                "%(count)s forecast of this address is not there, or not finished yet.",
                "%(count)s forecasts of this address are not there, or not finished yet.",
                found.missing,
            )
            % {"count": notation.number(found.missing)}
        )
    if found.reason is not None:
        said.append(_reasons(len(found.runs))[found.reason])
    return " ".join(said)


def _reasons(count: int) -> dict[comparing.Reason, str]:
    again = _("Calculate one of them again with the settings of the other.")
    return {
        "too_few": _("Choose more forecasts: a comparison needs at least two."),
        "too_many": _("You chose %(count)s forecasts. Choose at most %(most)s.")
        % {"count": notation.number(count), "most": notation.number(comparing.MOST)},
        "no_change": _("One of these forecasts has no change in it, so there is no difference."),
        "care_system": _(
            "These forecasts were made on different versions of the care system. A difference "
            "could then come from the model and not from the scenario."
        ),
        "months": " ".join((_("These forecasts do not look equally far ahead."), again)),
        "repetitions": " ".join((_("These forecasts have other numbers of repetitions."), again)),
        "seed": " ".join(
            (_("These forecasts have other seeds, so they follow other youths."), again)
        ),
        "version": _(
            "These forecasts were made with different versions of Vliegwiel. Calculate them again, "
            "then they can be compared."
        ),
    }

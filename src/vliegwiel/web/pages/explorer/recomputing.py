"""How a forecast was calculated: what was checked, and all that is needed to do it again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from vliegwiel.apps.explorer import descriptions, sentences
from vliegwiel.science.caresystem import Check, Outcome
from vliegwiel.web import notation

from .frames import Frame

_SHOWN_OF_HASH = 16
#: A check that has a plain sentence on the page, and its own one for who knows the law.
_LAW = "little"


@dataclass(frozen=True, slots=True)
class CheckLine:
    outcome: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Detail:
    """A number for researchers, with what it is for."""

    term: str
    value: str
    meaning: str


@dataclass(frozen=True, slots=True)
class HowCalculated:
    checks: Sequence[CheckLine]
    facts: Sequence[tuple[str, str]]
    details: Sequence[Detail]


def how_calculated(run: Any, frame: Frame) -> HowCalculated:
    forecast = frame.forecast
    return HowCalculated(
        checks=[CheckLine(check.outcome, _plain(check)) for check in forecast.checks],
        facts=_facts(run, frame),
        details=[*_identity(run, frame), *_laws(forecast.checks)],
    )


def _plain(check: Check) -> str:
    if check.code != _LAW:
        return sentences.check(check)
    if check.outcome == Outcome.PASSED:
        return _("The days of waiting and of care were counted in two ways, which agree.")
    return _("The days of waiting and of care were counted in two ways, which do not agree.")


def _facts(run: Any, frame: Frame) -> list[tuple[str, str]]:
    forecast = frame.forecast
    months = (notation.month(forecast.months[0]), notation.month(forecast.months[-1]))
    return [
        (_("Calculated on"), notation.moment(run.ended_at)),
        (_("Months"), _("%(first)s to %(last)s") % {"first": months[0], "last": months[1]}),
        (_("Repetitions"), notation.number(forecast.identity.replications)),
        (
            _("Scenario"),
            _("%(title)s, version %(version)s")
            % {
                "title": descriptions.in_language(frame.scenario.title),
                "version": run.scenario.number,
            },
        ),
        (
            _("Care system"),
            _("%(title)s, version %(version)s")
            % {
                "title": descriptions.in_language(frame.system.title),
                "version": frame.system.version,
            },
        ),
        (_("Version of Vliegwiel"), forecast.identity.code_version),
    ]


def _identity(run: Any, frame: Frame) -> list[Detail]:
    identity = frame.forecast.identity
    same = _("When it is the same, the document is the same (the beginning of its SHA-256 sum).")
    return [
        Detail(
            _("Seed"),
            str(identity.seed),
            _("Decides what happens by chance. The same seed gives the same outcome."),
        ),
        Detail(
            _("Name of the scenario in files"),
            str(identity.scenario),
            _("As in downloads, on the command line and in the API."),
        ),
        Detail(
            _("Name of the care system in files"),
            identity.care_system,
            _("As in downloads, on the command line and in the API."),
        ),
        Detail(
            _("Fingerprint of the care system"), identity.care_system_hash[:_SHOWN_OF_HASH], same
        ),
        Detail(
            _("Fingerprint of the scenario"), (identity.scenario_hash or "")[:_SHOWN_OF_HASH], same
        ),
        Detail(_("Number of the calculation"), str(run.pk), _("As in the address of this page.")),
    ]


def _laws(checks: Sequence[Check]) -> list[Detail]:
    return [
        Detail(
            _("Little’s law"),
            _("holds") if check.outcome == Outcome.PASSED else _("does not hold"),
            sentences.check(check),
        )
        for check in checks
        if check.code == _LAW
    ]

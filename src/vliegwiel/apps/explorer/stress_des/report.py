"""The report: the twenty items of STRESS-DES in their order, each with its answer.

Strengthening the Reporting of Empirical Simulation Studies, discrete-event: Monks, Currie, Onggo,
Robinson, Kunc and Taylor (2019), Journal of Simulation 13(1), 55-67.
"""

from collections.abc import Iterator, Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from vliegwiel import __version__
from vliegwiel.apps.explorer import changes
from vliegwiel.apps.explorer.descriptions import in_language
from vliegwiel.apps.explorer.limits import DEFAULTS
from vliegwiel.science.caresystem import (
    CareSystem,
    Derived,
    Fitted,
    Printed,
    Scenario,
    document_hash,
    quantities,
)

from . import tables
from .markdown import number, table

Item = tuple[str, str, str]


def describe(system: CareSystem, scenarios: Sequence[Scenario], language: str) -> str:
    """The model in Markdown.

    Args:
        scenarios: what it was or will be used to compare.
        language: ``nl`` or ``en``.
    """
    with override(language):
        parts = [f"# {_title(system)}", _opening(system)]
        for heading, items in _sections(system, scenarios):
            parts.append(f"## {heading}")
            parts += [f"### {number} {name}\n\n{answer}" for number, name, answer in items]
        return "\n\n".join(parts) + "\n"


def _title(system: CareSystem) -> str:
    return _("Description of the model: %(title)s") % {"title": in_language(system.title)}


def _opening(system: CareSystem) -> str:
    words = {
        "id": system.id, "version": system.version, "hash": document_hash(system)[:12],
        "product": __version__,
    }  # fmt: skip
    return (
        _(
            "Written by Vliegwiel %(product)s from the document “%(id)s”, version %(version)s "
            "(%(hash)s…), in the order of STRESS-DES (Monks and others, 2019). Behind an assumed "
            "number stands in brackets between which numbers it is believed to lie."
        )
        % words
    )


def _sections(
    system: CareSystem, scenarios: Sequence[Scenario]
) -> Iterator[tuple[str, Sequence[Item]]]:
    yield _("1 Objectives"), _objectives(system, scenarios)
    yield _("2 Logic"), _logic(system, scenarios)
    yield _("3 Data"), _data(system)
    yield _("4 Experimentation"), _experimentation(system)
    yield _("5 Implementation"), _implementation()
    yield _("6 Code access"), _access()


def _objectives(system: CareSystem, scenarios: Sequence[Scenario]) -> Sequence[Item]:
    names = "".join(f"\n- {in_language(s.title)}" for s in scenarios)
    aims = _("Each scenario beside the same care system without it, with the same assumed numbers "
             "and the same fates of youths in both.")  # fmt: skip
    return [
        ("1.1", _("Purpose"), _(
            "To show what a change in the youth care of a region would do to waiting, use and cost "
            "in the whole chain, with its uncertainty, before it costs anything. The region has "
            "%(youths)s youths.") % {"youths": number(system.youths.value)}),
        ("1.2", _("Outputs"), _(
            "By month and form of care: arrivals, starts, ends, youths who stop waiting, who wait "
            "and who are in care, waiting time, share that starts within %(days)s days, use of "
            "places, cost; also flows between forms of care and numbers by municipality.")
            % {"days": number(system.norm_days.value)}),
        ("1.3", _("Aims of the experiments"), f"{aims}\n{names}" if names else aims),
    ]  # fmt: skip


def _logic(system: CareSystem, scenarios: Sequence[Scenario]) -> Sequence[Item]:
    return [
        ("2.1", _("Overview"), _(
            "Referrers send youths to forms of care. There a youth begins at once or waits, is in "
            "care, goes on to another form, to base provisions or out, and may come back. The ways "
            "stand in the tables of 2.5.5.")),
        ("2.2", _("Logic of the base model"), _(
            "A youth who finds no place joins a queue, by class of priority and then first come, "
            "first served, and stops waiting when patience ends. A place that comes free goes to "
            "the first in the queue before the youth who left it arrives elsewhere. When places "
            "are taken away nobody is sent away.")),
        ("2.3", _("Logic of the scenarios"), _scenarios(system, scenarios)),
        ("2.4", _("Algorithms"), _(
            "Referrals are a Poisson process by referrer and month: level, growth and season. "
            "Choices that a scenario changes are kept with the largest chance that both "
            "distributions allow (maximal coupling), referrals that it changes are thinned.")),
        ("2.5.1", _("Entities"), tables.entities(system)),
        ("2.5.2", _("Activities"), tables.care(system)),
        ("2.5.3", _("Resources"), tables.resources(system)),
        ("2.5.4", _("Queues"), tables.queues(system)),
        ("2.5.5", _("Entry and exit points"), "\n\n".join(
            [tables.entrances(system), tables.exits(system), tables.coming_back(system)])),
    ]  # fmt: skip


def _scenarios(system: CareSystem, scenarios: Sequence[Scenario]) -> str:
    if not scenarios:
        return _("This description is of the base model alone.")
    parts = []
    for scenario in scenarios:
        parts.append(f"**{in_language(scenario.title)}.** {changes.rollout(scenario, system)}")
        parts.append(tables.changed(system, scenario))
    return "\n\n".join(parts)


def _data(system: CareSystem) -> Sequence[Item]:
    found = quantities(system)
    printed = sum(isinstance(one.provenance, Printed) for one in found)
    derived = sum(isinstance(one.provenance, Derived) for one in found)
    fitted = sum(isinstance(one.provenance, Fitted) for one in found)
    counts = {
        "all": len(found), "printed": printed, "derived": derived, "fitted": fitted,
        "assumed": len(found) - printed - derived - fitted,
    }  # fmt: skip
    sentence = _(
        "Numbers in the document: %(all)s; printed in a source: %(printed)s, derived from others "
        "by a formula: %(derived)s, assumed: %(assumed)s. Formulas are computed again on reading "
        "and in every replication."
    )
    if fitted:
        sentence += " " + _("Estimated from own data: %(fitted)s.")
    return [
        ("3.1", _("Data sources"), tables.sources(system)),
        ("3.2", _("Pre-processing"), sentence % counts),
        ("3.3", _("Input parameters"), tables.inputs(system)),
        ("3.4", _("Assumptions"), tables.assumed(system)),
    ]  # fmt: skip


def _experimentation(system: CareSystem) -> Sequence[Item]:
    return [
        ("4.1", _("Initialisation"), _initialisation(system)),
        ("4.2", _("Run length"), _(
            "%(months)s months, unless asked otherwise.") % {"months": DEFAULTS["months"]}),
        ("4.3", _("Estimation approach"), _(
            "%(number)s replications, unless asked otherwise, or as many as a precision needs. "
            "Each draws the assumed numbers anew, so the spread holds chance as well as what is "
            "not known. Bands hold 80 of 100 replications.")
            % {"number": DEFAULTS["replications"]}),
    ]  # fmt: skip


def _initialisation(system: CareSystem) -> str:
    words = {"date": date_format(system.start, "j F Y"), "months": system.warm_up_months}
    if system.warm_up_months:
        return (
            _(
                "The simulation is warmed up: it begins %(months)s months before %(date)s, with "
                "nobody in care or waiting. Nothing of that time is in the outcomes."
            )
            % words
        )
    sentence = _(
        "The simulation starts on %(date)s with the youths of the table, so there is no "
        "warm-up. Who is in care has the rest of a stay before them; who waits came over the "
        "time in which such a queue builds up."
    )
    seen = [(kind.waited_at_start, kind.in_care_since_at_start) for kind in system.care_types]
    if any(map(any, seen)):
        sentence += " " + _(
            "Where the table says how long youths have waited or been in care so far, they wait "
            "and stay for as long as fits with that."
        )
    return sentence % words + "\n\n" + tables.at_start(system)


def _implementation() -> Sequence[Item]:
    return [
        ("5.1", _("Software"), _(
            "Vliegwiel %(version)s: Python, with an event loop that numba compiles.")
            % {"version": __version__}),
        ("5.2", _("Random sampling"), _(
            "By counter: a number depends on the seed, the youth, the purpose and the visit. Both "
            "arms therefore share the fates of youths.")),
        ("5.3", _("Model execution"), _(
            "Event by event with a calendar queue; several replications at once. The numbers do "
            "not depend on how many at once or on which machine.")),
        ("5.4", _("System specification"), _(
            "Any machine with Python 3.11 or newer. How long it takes is told by `make bench`.")),
    ]  # fmt: skip


def _access() -> Sequence[Item]:
    rows = [
        (_("licence"), "EUPL-1.2"),
        (_("to compute it again"), "`vliegwiel forecast --region FILE --scenario FILE --seed N`"),
    ]
    return [("6.1", _("Sharing"), table((_("what"), _("how")), rows))]

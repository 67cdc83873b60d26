"""The forecast of a pilot: its hypothesis, from its start, in the model of the region."""

from collections.abc import Mapping
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.apps.decisions.errors import DecisionRefused
from vliegwiel.apps.decisions.expecting import choice_of
from vliegwiel.apps.decisions.forecasts import ModelExpects, identifier_of, model_expects
from vliegwiel.apps.explorer import DocumentRefused, sentences
from vliegwiel.apps.explorer import queries as explorer
from vliegwiel.apps.explorer import services as explorer_services
from vliegwiel.apps.explorer.edits import months_between
from vliegwiel.apps.explorer.models import SimulationRun
from vliegwiel.apps.explorer.naming import LONGEST, Names
from vliegwiel.apps.explorer.statuses import DEFAULTS, LIMITS
from vliegwiel.apps.initiatives import scenario_of
from vliegwiel.apps.initiatives.queries import hypothesis_now
from vliegwiel.apps.pilots.models import Pilot
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import require
from vliegwiel.science.caresystem import CareSystem, Scenario, Text, write_document

from .freezing import ModelSaid, freeze_forecasts


@transaction.atomic
def ask_forecast(*, pilot_id: int, by: User) -> SimulationRun:
    """Asks what the region's model expects of a pilot; the same question gives the same run.

    The scenario does what the hypothesis of the initiative says, from the month in which the pilot
    starts and for every youth: what is compared is a youth with the initiative and one without, and
    places that all share would hide the difference. Raises DecisionRefused with what is lacking,
    Pilot.DoesNotExist, and NotAllowed without the right `forecast.run`.
    """
    pilot = Pilot.objects.select_related("initiative__region").get(pk=pilot_id)
    region = pilot.initiative.region
    assert region is not None, "only those of a region have pilots"
    require(by, "forecast.run", region)
    version = explorer.newest_care_system(region)
    if version is None:
        raise DecisionRefused({"model": _("The region has no model of its care system yet.")})
    system = explorer.care_system(version)
    document = _scenario(pilot, region, system)
    try:
        scenario = explorer_services.make_scenario(
            region=region, document=write_document(document), by=by
        )
    except DocumentRefused as refused:
        faults = " ".join(sentences.fault(fault) for fault in refused.faults)
        raise DecisionRefused({"model": faults}) from refused
    settings = {**DEFAULTS, "months": _months(pilot, system)}
    return explorer_services.start_run(scenario=scenario, by=by, **settings)


@transaction.atomic
def freeze_pilot(*, pilot_id: int, choices: Mapping[int, str], by: User) -> int:
    """Puts on record what the model and the proposers expect; says how many forecasts there are.

    `choices` gives, by the number of the outcome, the series of the model that is the same thing
    (see `expecting.choice_of`); an outcome without one has the expectation of the proposers only.
    Raises DecisionRefused when the model did not say anything of what was chosen, and what
    `freeze_forecasts` raises.
    """
    expects = model_expects(pilot_id)
    model = {}
    for outcome, choice in choices.items():
        if choice:
            model[outcome] = _said(expects, outcome, choice)
    return freeze_forecasts(pilot_id=pilot_id, model=model, by=by)


def _said(expects: ModelExpects | None, outcome: int, choice: str) -> ModelSaid:
    options = expects.options.get(outcome, ()) if expects is not None else ()
    found = next((one for one in options if choice_of(one.measure, one.care_type) == choice), None)
    if expects is None or found is None:
        raise DecisionRefused({"model": _("The model says nothing of this outcome.")})
    return ModelSaid(found.said, expects.run, measure=choice)


def _scenario(pilot: Pilot, region: Region, system: CareSystem) -> Scenario:
    hypothesis = hypothesis_now(pilot.initiative_id)
    if hypothesis is None:
        raise DecisionRefused({"model": _("Write the hypothesis of the initiative first.")})
    if pilot.starts_on is None or pilot.ends_on is None:
        raise DecisionRefused({"model": _("Fill in when the pilot starts and ends.")})
    begin = max(pilot.starts_on.replace(day=1), system.start)
    own = identifier_of(pilot.pk)
    titles = explorer.titles_of(region).items()
    names = Names.of(title for identifier, title in titles if identifier != own)
    words = _("Pilot: %(title)s") % {"title": pilot.title}
    title = Text(nl=words[:LONGEST], en=words[:LONGEST])
    made = scenario_of(
        replace(hypothesis.facts, starts_on=begin, municipalities=()),
        initiative=pilot.initiative_id,
        title=names.suggested(title) if names.has(title) else title,
        description=Text(nl=hypothesis.facts.for_whom, en=hypothesis.facts.for_whom),
        system=system,
    )
    return made.model_copy(update={"id": own})


def _months(pilot: Pilot, system: CareSystem) -> int:
    """Until the end of the pilot, as far as a forecast may be long."""
    assert pilot.ends_on is not None, "asked before"
    least, most = LIMITS["months"]
    needed = months_between(system.start, pilot.ends_on.replace(day=1)) + 1
    if needed < 1:
        raise DecisionRefused({"model": _("The model begins after the end of the pilot.")})
    if needed > most:
        raise DecisionRefused({"model": _("The pilot ends later than a forecast may reach.")})
    return max(least, needed)

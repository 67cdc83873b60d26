"""The forecast of a pilot: its hypothesis, from its start, in the model of the region."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.apps.decisions.asked import scenario_for, settings_for
from vliegwiel.apps.decisions.errors import DecisionRefused
from vliegwiel.apps.decisions.expecting import choice_of
from vliegwiel.apps.decisions.forecasts import ModelExpects, model_expects
from vliegwiel.apps.explorer import DocumentRefused, sentences
from vliegwiel.apps.explorer import queries as explorer
from vliegwiel.apps.explorer import services as explorer_services
from vliegwiel.apps.explorer.models import SimulationRun
from vliegwiel.apps.pilots.models import Pilot
from vliegwiel.apps.regions.models import User
from vliegwiel.apps.regions.rights import require
from vliegwiel.science.caresystem import write_document

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
    document = scenario_for(pilot, region, system)
    try:
        scenario = explorer_services.make_scenario(
            region=region, document=write_document(document), by=by
        )
    except DocumentRefused as refused:
        faults = " ".join(sentences.fault(fault) for fault in refused.faults)
        raise DecisionRefused({"model": faults}) from refused
    asked = settings_for(pilot, system)
    return explorer_services.start_run(scenario=scenario, by=by, **asked)


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

"""What is asked of the model of a region for a pilot: the scenario, and the settings of a run."""

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from vliegwiel.apps.decisions.errors import DecisionRefused
from vliegwiel.apps.explorer import queries as explorer
from vliegwiel.apps.explorer.edits import months_between
from vliegwiel.apps.explorer.limits import DEFAULTS, LIMITS, RunSettings
from vliegwiel.apps.explorer.naming import LONGEST, Names
from vliegwiel.apps.initiatives import HypothesisFacts, scenario_of
from vliegwiel.apps.initiatives.queries import NewNumber, hypothesis_now
from vliegwiel.apps.pilots.models import Pilot
from vliegwiel.apps.regions.models import Region
from vliegwiel.science.caresystem import CareSystem, Scenario, Text

#: Scenarios of pilots are known by their identifier; a number never changes.
_IDENTIFIER = "pilot-{}"


def scenario_for(pilot: Pilot, region: Region, system: CareSystem) -> Scenario:
    """The hypothesis of the initiative from the start of the pilot, for every youth.

    Raises DecisionRefused with what is lacking.
    """
    hypothesis = hypothesis_now(pilot.initiative_id)
    if hypothesis is None:
        raise DecisionRefused({"model": _("Write the hypothesis of the initiative first.")})
    if pilot.starts_on is None or pilot.ends_on is None:
        raise DecisionRefused({"model": _("Fill in when the pilot starts and ends.")})
    begin = max(pilot.starts_on.replace(day=1), system.start)
    own = _IDENTIFIER.format(pilot.pk)
    titles = explorer.titles_of(region).items()
    names = Names.of(title for identifier, title in titles if identifier != own)
    title = Text(nl=_title(pilot, "nl"), en=_title(pilot, "en"))
    made = scenario_of(
        _for_every_youth(hypothesis.facts, begin),
        initiative=pilot.initiative_id,
        title=names.suggested(title) if names.has(title) else title,
        description=Text(nl=hypothesis.facts.for_whom, en=hypothesis.facts.for_whom),
        system=system,
    )
    return made.model_copy(update={"id": own})


def _for_every_youth(facts: HypothesisFacts, begin: date) -> HypothesisFacts:
    """The hypothesis without the bounds of where it begins.

    Places of new care that were meant for some municipalities would be far too few for all.
    """
    new = facts.new_care
    if new is not None and facts.municipalities:
        numbers = tuple(one for one in new.numbers if one.kind != NewNumber.PLACES)
        new = replace(new, numbers=numbers)
    return replace(facts, starts_on=begin, municipalities=(), new_care=new)


def _title(pilot: Pilot, language: str) -> str:
    """In each language, so that whoever asks makes the same document."""
    with override(language):
        return (_("Pilot: %(title)s") % {"title": pilot.title})[:LONGEST]


def settings_for(pilot: Pilot, system: CareSystem) -> RunSettings:
    """The usual settings of a forecast, until the end of the pilot. Raises DecisionRefused."""
    return {**DEFAULTS, "months": _months(pilot, system)}


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

"""What the made-up pilots of the demo show: expectations on record, and evidence."""

from vliegwiel.apps.decisions import services
from vliegwiel.apps.initiatives import queries as initiatives
from vliegwiel.apps.initiatives.queries import Wanted
from vliegwiel.apps.pilots import queries as pilots
from vliegwiel.apps.regions import queries as regions
from vliegwiel.apps.regions.services import system_user

from .language import gettext as _
from .language import ngettext
from .steps import Report

_DEMO_REGION = "ijsselland"


def keep_made_up_evidence(report: Report) -> str:
    """Keeps what marked examples of pilots show now; what was kept already stays."""
    region, by, kept = regions.region_by_slug(_DEMO_REGION), system_user(), 0
    if region is None:
        return _("no region to make it for")
    for line in initiatives.find(by, Wanted(stage="exploring"), region=region)[:1]:
        registered = [one.id for one in pilots.pilots_of(line.id) if one.registered_at is not None]
        for pilot in registered if line.mark else ():
            services.freeze_forecasts(pilot_id=pilot, by=by)
            plan = pilots.plan_of(pilot)
            assert plan is not None, "it stood in the list"
            for outcome in plan.outcomes:
                kept += services.keep_evidence(outcome_id=outcome.id, by=by) is not None
    report(1, 1)
    words = ngettext(
        "%(number)d made-up outcome with evidence",
        "%(number)d made-up outcomes with evidence",
        kept,
    )
    return words % {"number": kept}

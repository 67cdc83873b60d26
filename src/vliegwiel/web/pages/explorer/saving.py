"""From a scenario to its form, and from the filled-in form to a saved scenario and its run."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from vliegwiel.apps.explorer import (
    DocumentRefused,
    NameTaken,
    edits,
    queries,
    sentences,
    services,
)
from vliegwiel.science.caresystem import write_document

from .forms import ScenarioForm, name_taken


def scenario_form(version: Any, typed: QueryDict | None) -> ScenarioForm:
    """The form that changes this version."""
    newest = queries.newest_care_system(version.care_system.region)
    return ScenarioForm(
        typed,
        original=queries.scenario(version),
        system=queries.system_of(version),
        names=queries.names_beside(version),
        runs_as_it_is=version.shipped and version.care_system == newest,
    )


def moved_ranges(form: ScenarioForm) -> str:
    """What to tell about ranges that moved along with their number; nothing when none did."""
    moved = form.moved_ranges()
    if not moved:
        return ""
    return _("You changed the number, so its range moved along. %(ranges)s.") % {
        "ranges": "; ".join([moved[0], *map(sentences.uncapitalised, moved[1:])])
    }


def save_and_start(form: ScenarioForm, *, source: Any, by: Any) -> Any | None:
    """The run that was asked for; None when something objects, which the form then shows."""
    changed = edits.apply(form.original, form.change())
    try:
        saved = services.save_scenario(source=source, document=write_document(changed), by=by)
    except DocumentRefused as refused:
        form.add_faults(refused.faults)
        return None
    except NameTaken:
        # Somebody else took the name since the form looked.
        form.add_error("title", name_taken())
        return None
    data = form.cleaned_data
    return services.start_run(
        scenario=saved,
        months=data["months"],
        replications=data["replications"],
        seed=data["seed"],
        precision=form.asked_precision(),
        by=by,
    )

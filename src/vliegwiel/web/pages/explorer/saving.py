"""From a filled-in form to a saved scenario and its run."""

from typing import Any

from vliegwiel.apps.explorer import DocumentRefused, edits, services
from vliegwiel.science.caresystem import write_document

from .forms import ScenarioForm


def save_and_start(form: ScenarioForm, *, source: Any, by: Any) -> Any | None:
    """The run that was asked for; None when the care system objects, which the form then shows."""
    changed = edits.apply(form.original, form.change())
    try:
        saved = services.save_scenario(source=source, document=write_document(changed), by=by)
    except DocumentRefused as refused:
        form.add_faults(refused.faults)
        return None
    data = form.cleaned_data
    return services.start_run(
        scenario=saved,
        months=data["months"],
        replications=data["replications"],
        seed=data["seed"],
        by=by,
    )

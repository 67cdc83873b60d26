"""The forecast of a pilot: asked of the model, put on record, and scored at each measurement."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vliegwiel.apps.decisions import DecisionRefused, ForecastTooLate, queries, services
from vliegwiel.apps.decisions.queries import ModelExpects, OnRecord, choice_of
from vliegwiel.apps.explorer import NameTaken
from vliegwiel.apps.regions import rights
from vliegwiel.web.login.kept import typed
from vliegwiel.web.pages.access import RegionRequest, region_page
from vliegwiel.web.pages.pilots.one import head_of

from . import records, words

_FIELD = "outcome_{}"


class FreezeForm(forms.Form):
    """For each outcome the number of the model that is the same thing, if there is one."""

    def __init__(
        self, *args: Any, found: list[OnRecord], expects: ModelExpects | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._outcomes = [one.outcome for one in found]
        nothing = ("", _("The model has no number for this"))
        for one in found:
            options = expects.options.get(one.outcome, ()) if expects is not None else ()
            choices = [(choice_of(o.measure, o.care_type), _option(one, o)) for o in options]
            first = expects is not None and one.outcome in expects.suggested
            self.fields[_FIELD.format(one.outcome)] = forms.ChoiceField(
                label=one.name,
                required=False,
                choices=[nothing, *choices],
                initial=choices[0][0] if first and choices else "",
                disabled=not choices,
            )

    def chosen(self) -> Mapping[int, str]:
        return {
            number: self.cleaned_data.get(_FIELD.format(number), "") for number in self._outcomes
        }


def _option(record: OnRecord, option: Any) -> str:
    name = words.series(choice_of(option.measure, option.care_type), option.label)
    return f"{name}: {records.said(record, option.said)}"


@region_page("region.view", change="pilots.register", keeps_typed=True)
def forecast(request: RegionRequest, region: Any, pilot: int) -> HttpResponse:
    """What is expected and what came of it; before the start also the button that records it."""
    head = head_of(request, region, pilot)
    found, expects = list(queries.on_record(pilot)), queries.model_expects(pilot)
    form = FreezeForm(typed(request), found=found, expects=expects)
    if request.method == "POST" and form.is_valid() and _frozen(request, pilot, form):
        messages.success(request, _("The forecasts are on record; from now on they never change."))
        return redirect("pilot_forecast", region.slug, pilot)
    status = 422 if request.method == "POST" else 200
    context = {**head, **_page(request, region, head["pilot"], found, expects), "form": form}
    return render(request, "decisions/forecast.html", context, status=status)


@require_POST
@region_page("forecast.run")
def ask(request: RegionRequest, region: Any, pilot: int) -> HttpResponse:
    """Asks the model; twice gives the same run."""
    head_of(request, region, pilot)
    try:
        run = services.ask_forecast(pilot_id=pilot, by=request.user)
    except DecisionRefused as refused:
        for sentence in refused.problems.values():
            messages.error(request, sentence)
    except NameTaken:
        messages.error(request, _("Another scenario has this name. Give the pilot another title."))
    else:
        return redirect("explorer_run", region.slug, run.pk)
    return redirect("pilot_forecast", region.slug, pilot)


def _frozen(request: RegionRequest, pilot: int, form: FreezeForm) -> bool:
    try:
        services.freeze_pilot(pilot_id=pilot, choices=form.chosen(), by=request.user)
    except ForecastTooLate:
        form.add_error(
            None, _("A forecast is put on record after the plan and before the pilot starts.")
        )
    except DecisionRefused as refused:
        for sentence in refused.problems.values():
            form.add_error(None, sentence)
    else:
        return True
    return False


def _page(
    request: RegionRequest,
    region: Any,
    pilot: Any,
    found: list[OnRecord],
    expects: ModelExpects | None,
) -> dict[str, Any]:
    told = any(one.said_at is not None for one in found)
    starts = pilot.starts_on
    ahead = starts is not None and starts > timezone.localdate()
    registered = pilot.registered_at is not None
    return {
        "records": [records.shown(one) for one in found],
        "told": told,
        "registered": registered,
        "ahead": ahead,
        "expects": expects,
        "under_way": queries.run_under_way(pilot.id),
        "may_ask": rights.may(request.user, "forecast.run", region) and ahead and not told,
        "may_freeze": rights.may(request.user, "pilots.register", region)
        and ahead
        and registered
        and not told,
    }

"""The checklist of the minimal level: how every municipality stands, and filling it in."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from vliegwiel.apps.continuity import Refused, queries, services
from vliegwiel.apps.regions import rights
from vliegwiel.apps.regions.queries import municipalities_of
from vliegwiel.web.pages.access import RegionRequest, region_page


class AnswerForm(forms.Form):
    state = forms.ChoiceField(
        label=gettext_lazy("How it stands"),
        choices=queries.check_states,
        widget=forms.RadioSelect,
    )
    deadline = forms.DateField(
        label=gettext_lazy("Must stand on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Needed as long as it does not stand."),
    )
    owner = forms.CharField(
        label=gettext_lazy("Who sees to it"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("A team or a function, no name of a person."),
    )
    evidence = forms.CharField(
        label=gettext_lazy("What shows it"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Needed when it stands, or is not needed here. For example the agreement and where it "
            "is kept."
        ),
    )


class ItemForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("What must stand"), max_length=160)
    why = forms.CharField(label=gettext_lazy("Why"), widget=forms.Textarea(attrs={"rows": 3}))
    evidence = forms.CharField(
        label=gettext_lazy("What would show it"), widget=forms.Textarea(attrs={"rows": 3})
    )


@require_safe
@region_page("region.view")
def overview(request: RegionRequest, region: Any) -> HttpResponse:
    """Every item beside every municipality."""
    places, today = municipalities_of(region), timezone.localdate()
    lines = [
        (line, [(place, _cell(line.cells.get(place.code), today)) for place in places])
        for line in queries.checklist(region)
    ]
    stands = sum(cell[0] == "stands" for _line, cells in lines for _place, cell in cells)
    context = {
        "lines": lines,
        "places": places,
        "stands": stands,
        "total": len(lines) * len(places),
        "late": queries.deadlines(region, until=today),
        "may_edit": rights.may(request.user, "checklist.edit", region),
    }
    return render(request, "continuity/checklist.html", context)


def _cell(cell: queries.CheckCell | None, today: date) -> tuple[str, str]:
    """The state for the colour, and in words."""
    if cell is None:
        return "empty", _("Not filled in")
    late = cell.is_late(today)
    return ("late", _("Too late")) if late else (cell.state, cell.state_label)


@region_page("checklist.edit")
def answer(request: RegionRequest, region: Any, pk: int, code: str) -> HttpResponse:
    """How one municipality stands with one item, and how it stood."""
    line = queries.check_item(region, pk)
    place = next((row for row in municipalities_of(region) if row.code == code), None)
    if line is None or place is None:
        raise Http404
    now = line.cells.get(code)
    form = AnswerForm(request.POST if request.method == "POST" else None, initial=_initial(now))
    if request.method == "POST" and form.is_valid():
        try:
            services.answer_item(
                region=region, item_id=pk, municipality=code, by=request.user, **form.cleaned_data
            )
        except Refused as refused:
            for field, sentence in refused.problems.items():
                form.add_error(field, sentence)
        else:
            messages.success(request, _("The answer was kept; the earlier one too."))
            return redirect("checklist", region.slug)
    context = {"line": line, "place": place, "form": form, "history": queries.answers_of(pk, code)}
    return render(request, "continuity/answer.html", context)


def _initial(cell: queries.CheckCell | None) -> dict[str, Any]:
    if cell is None:
        return {}
    names = ("state", "deadline", "owner", "evidence")
    return {name: getattr(cell, name) for name in names}


@region_page("checklist.edit")
def add(request: RegionRequest, region: Any) -> HttpResponse:
    """The items that ship, for a region without them; or an item of its own."""
    if request.method == "POST" and "shipped" in request.POST:
        services.load_checklist(region=region, by=request.user)
        return redirect("checklist", region.slug)
    form = ItemForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_item(region=region, by=request.user, **form.cleaned_data)
        except Refused as refused:
            for field, sentence in refused.problems.items():
                form.add_error(field, sentence)
        else:
            messages.success(request, _("The item was added."))
            return redirect("checklist", region.slug)
    return render(request, "continuity/item.html", {"form": form})

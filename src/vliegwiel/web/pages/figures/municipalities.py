"""Figures by municipality: on a map of tiles, and all of one municipality."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from vliegwiel.apps.figures import queries
from vliegwiel.apps.regions import rights
from vliegwiel.apps.regions.queries import municipalities_of
from vliegwiel.apps.trajectories import queries as trajectories
from vliegwiel.web.pages.access import RegionRequest, region_page

from . import municipal_blocks
from .municipal_subjects import Subject, subjects_of


class SubjectForm(forms.Form):
    """What the map shows; what does not exist shows the first, not an error."""

    onderwerp = forms.ChoiceField(label=_("What the map shows"), required=False)
    periode = forms.ChoiceField(label=_("Period"), required=False)

    def __init__(self, data: Any, subjects: list[Subject]) -> None:
        super().__init__(data)
        self._subjects = {subject.key: subject for subject in subjects}
        self.chosen = self._subjects.get(self["onderwerp"].value() or "", subjects[0])
        onderwerp, periode = self.fields["onderwerp"], self.fields["periode"]
        onderwerp.choices = [  # type: ignore[attr-defined]
            (subject.key, subject.label) for subject in subjects
        ]
        periods = self.chosen.periods
        periode.choices = [  # type: ignore[attr-defined]
            (name, municipal_blocks.period(name)) for name in periods
        ]
        given = self["periode"].value() or ""
        self.period = given if given in periods else periods[0]
        self.initial = {"onderwerp": self.chosen.key, "periode": self.period}


@require_safe
@region_page("region.view")
def municipalities(request: RegionRequest, region: Any) -> HttpResponse:
    """The municipalities of the region on a map, with a value in each."""
    subjects = subjects_of(region)
    context: dict[str, Any] = {"municipalities": municipalities_of(region)}
    if subjects:
        form = SubjectForm(request.GET, subjects)
        # Shown as chosen, also where the address asks for something that is not there.
        context["form"] = SubjectForm(form.initial, subjects)
        context["figure"] = municipal_blocks.map_block(region, form.chosen, form.period)
    else:
        context["may_load"] = rights.may(request.user, "figures.load", region)
        situation = trajectories.situation(region)
        context["has_waits"] = trajectories.overview(situation) is not None
    return render(request, "figures/municipalities.html", context)


@require_safe
@region_page("region.view")
def municipality(request: RegionRequest, region: Any, code: str) -> HttpResponse:
    """Every figure of one municipality, beside the region and the country."""
    found = next((item for item in municipalities_of(region) if item.code == code), None)
    if found is None:
        raise Http404
    rows = queries.municipality_rows(region, code)
    context = {"municipality": found, "blocks": municipal_blocks.blocks_of(region, found, rows)}
    return render(request, "figures/municipality.html", context)

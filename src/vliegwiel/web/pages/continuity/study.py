"""The waiting-list study: who waits and what happens meanwhile, and reviews of cases."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from vliegwiel.apps.continuity import Refused, queries, services
from vliegwiel.apps.insights.queries import insight_list
from vliegwiel.apps.regions import rights
from vliegwiel.apps.regions.queries import municipalities_of
from vliegwiel.apps.trajectories import queries as trajectories
from vliegwiel.science.trajectories import Clock, Split
from vliegwiel.web.components import Column, FigureBlock, Table
from vliegwiel.web.pages.access import RegionRequest, region_page
from vliegwiel.web.pages.care_waits.words import SPLITS, Names

from .blocks import count_block
from .words import caption_of, count_table

_WHO = (Split.MUNICIPALITY, Split.FORM, Split.PROVIDER, Split.REFERRER)


@require_safe
@region_page("region.view")
def study(request: RegionRequest, region: Any) -> HttpResponse:
    """Who waits where, for what, how long, how they came there, and what they had meanwhile."""
    search = queries.last_search(region)
    counted = queries.review_tables(region)
    context = {
        "figures": _figures(region, search),
        "search": search,
        "counted": counted.reviews,
        "answers": [_answers(table) for table in counted.tables if _has_counts(table)],
        "hidden": [table.label for table in counted.tables if not _has_counts(table)],
        "reviews": queries.reviews(region),
        "may_review": rights.may(request.user, "cases.review", region),
        "may_edit": rights.may(request.user, "insights.edit", region),
    }
    return render(request, "continuity/study.html", context)


def _figures(region: Any, search: queries.Search) -> list[FigureBlock]:
    """Who waits: the published counts, and what the study adds to them."""
    names = Names(region)
    shown = trajectories.overview(trajectories.situation(region))
    figures = [_who(names, shown, split) for split in _WHO] if shown else []
    study = search.study
    for table in (study.length, study.meanwhile) if study else ():
        counts = count_table(names, table, _("Who waits"), _("Waits"))
        figures.append(
            count_block(f"who-{table.split.value}", counts, known=study.on if study else None)
        )
    return figures


def _who(names: Names, shown: Any, split: Split) -> FigureBlock:
    """Those who wait of the published set: the very counts of the waiting times."""
    waits = trajectories.wait_table(shown, split, Clock.W7)
    rows = [(names.row(split, line.key), line.waiting) for line in (waits.total, *waits.rows)]
    columns = (Column(str(SPLITS[split])), Column(_("Waits"), "number"))
    table = Table(caption_of(_("Who waits"), SPLITS[split]), columns, rows)
    return count_block(f"who-{split.value}", table, known=shown.on)


def _has_counts(table: queries.ReviewTable) -> bool:
    return any(count is not None for _label, count in table.rows)


def _answers(table: queries.ReviewTable) -> Table:
    """What is shown, and one row for all that is not."""
    rows = [row for row in table.rows if row[1] is not None]
    if len(rows) < len(table.rows):
        rows.append((_("Every other answer"), None))
    return Table(table.label, (Column(table.label), Column(_("Reviews"), "number")), rows)


class ReviewForm(forms.Form):
    """The questions of `reviewing`, a place, a month and a lesson: nothing that holds a person."""

    def __init__(self, region: Any, *args: Any) -> None:
        super().__init__(*args)
        places = [("", _("Choose …"))]
        places += [(place.code, place.name) for place in municipalities_of(region)]
        self.fields["municipality"] = forms.ChoiceField(
            label=gettext_lazy("Municipality"), choices=places
        )
        self.fields["month"] = forms.DateField(
            label=gettext_lazy("Month of the review"),
            input_formats=["%Y-%m"],
            widget=forms.DateInput(attrs={"type": "month", "placeholder": "2026-11"}),
            help_text=gettext_lazy("As year-month, for example 2026-11."),
        )
        for question in queries.QUESTIONS:
            kind = forms.MultipleChoiceField if question.several else forms.ChoiceField
            radio = forms.CheckboxSelectMultiple if question.several else forms.RadioSelect
            self.fields[question.key] = kind(
                label=str(question.label), choices=list(question.answers.items()), widget=radio
            )
        self.fields["lesson"] = forms.CharField(
            label=gettext_lazy("What do we learn from it?"),
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=gettext_lazy("No names, dates, numbers or addresses: we check for them."),
        )

    def given(self) -> dict[str, Any]:
        """What was filled in, as the service takes it."""
        data = self.cleaned_data
        answers = {
            question.key: data[question.key] if question.several else [data[question.key]]
            for question in queries.QUESTIONS
        }
        month: date = data["month"]
        kept = {name: data[name] for name in ("municipality", "lesson")}
        return {**kept, "month": month, "answers": answers}


@region_page("cases.review")
def add(request: RegionRequest, region: Any) -> HttpResponse:
    """Reviewing one case."""
    form = ReviewForm(region, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_review(region=region, by=request.user, **form.given())
        except Refused as refused:
            for field, sentence in refused.problems.items():
                form.add_error(field, sentence)
        else:
            messages.success(request, _("The review was kept, without anything about a person."))
            return redirect("waiting_study", region.slug)
    return render(request, "continuity/review.html", {"form": form})


@region_page("insights.edit")
def observe(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """Lets a review speak with an insight."""
    review = queries.review(region, pk)
    if review is None or not review.lesson:
        raise Http404
    insights = insight_list(region)
    form = InsightForm(insights, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        chosen = int(form.cleaned_data["insight"])
        services.observe(region=region, review_id=pk, insight_id=chosen, by=request.user)
        messages.success(request, _("The lesson now stands with the insight."))
        return redirect("waiting_study", region.slug)
    return render(request, "continuity/observe.html", {"form": form, "review": review})


class InsightForm(forms.Form):
    def __init__(self, insights: Any, *args: Any) -> None:
        super().__init__(*args)
        self.fields["insight"] = forms.ChoiceField(
            label=gettext_lazy("With which insight does it belong?"),
            choices=[(item.id, item.name) for item in insights],
        )

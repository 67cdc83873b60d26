"""Gaps in care: in numbers for everybody, and as a work list for who may see care data."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from vliegwiel.apps.continuity import Refused, queries, services
from vliegwiel.apps.regions import rights
from vliegwiel.science.trajectories import GapKind
from vliegwiel.web.pages.access import RegionRequest, region_page
from vliegwiel.web.pages.care_waits.words import FORMS, Names

from .blocks import count_block
from .words import KINDS, count_table, days_of

_ROWS_PER_PAGE = 50


class StepForm(forms.Form):
    status = forms.ChoiceField(
        label=gettext_lazy("State"), choices=queries.gap_statuses, widget=forms.RadioSelect
    )
    explanation = forms.ChoiceField(
        label=gettext_lazy("What explains it"),
        choices=queries.explanations,
        required=False,
        help_text=gettext_lazy("Needed when the gap is explained."),
    )


@require_safe
@region_page("region.view")
def overview(request: RegionRequest, region: Any) -> HttpResponse:
    """How many gaps of each kind, by municipality, form and month."""
    search = queries.last_search(region)
    names = Names(region)
    kinds = []
    for kind, (title, what, _do) in KINDS.items():
        # Where nothing may be shown there are no tables: one sentence says it.
        found = search.counts.tables[kind] if search.counts else ()
        blocks = [
            count_block(
                f"{kind.value}-{table.split.value}",
                count_table(names, table, str(title), _("Youths")),
                known=search.counts.on if search.counts else None,
            )
            for table in found
        ]
        kinds.append((kind.value, title, what, blocks))
    context = {
        "search": search,
        "kinds": kinds,
        "may_work": rights.may(request.user, "continuity.work", region),
    }
    return render(request, "continuity/overview.html", context)


@require_safe
@region_page("continuity.work")
def work_list(request: RegionRequest, region: Any) -> HttpResponse:
    """What to look into, the longest ago first; that somebody looked is written down."""
    kind, status = request.GET.get("soort", ""), request.GET.get("status", "")
    if (kind and kind not in set(GapKind)) or (status and status not in _statuses()):
        raise Http404
    search = queries.last_search(region)
    found = queries.gaps(region, search, kind=kind, status=status)
    page = Paginator(found, _ROWS_PER_PAGE).get_page(request.GET.get("page"))
    services.note_read(region=region, rows=len(list(page)), by=request.user)
    context = {
        "search": search,
        "page": page,
        "rows": [(gap, *_told(Names(region), gap)) for gap in page],
        "kinds": [(item.value, words[0]) for item, words in KINDS.items()],
        "statuses": queries.gap_statuses(),
        "kind": kind,
        "status": status,
        "query": f"soort={kind}&status={status}&",
        "reads": queries.reads(region, limit=10),
    }
    return render(request, "continuity/work_list.html", context)


def _statuses() -> set[str]:
    return {value for value, _label in queries.gap_statuses()}


def _told(names: Names, gap: queries.GapInfo) -> tuple[Any, ...]:
    """Kind, municipality, form, provider, days, and what to do, in words."""
    title, _what, what_to_do = KINDS[gap.kind]
    form = str(FORMS.get(gap.form, gap.form))
    places = names.municipality(gap.municipality), form, names.provider(gap.provider)
    return (title, *places, days_of(gap), what_to_do)


@region_page("continuity.work")
def gap(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """One gap: what to do, and what was done."""
    search = queries.last_search(region)
    found = queries.gap_info(region, pk, search)
    if found is None:
        raise Http404
    form = StepForm(request.POST if request.method == "POST" else None, initial=_initial(found))
    if request.method == "POST" and form.is_valid():
        try:
            services.set_status(region=region, gap_id=pk, by=request.user, **form.cleaned_data)
        except Refused as refused:
            for field, sentence in refused.problems.items():
                form.add_error(field, sentence)
        else:
            messages.success(request, _("What you did was written down."))
            return redirect("care_gap", region.slug, pk)
    services.note_read(region=region, rows=1, reference=found.reference, by=request.user)
    told = _told(Names(region), found)
    context = {"gap": found, "told": told, "known": search.known, "form": form}
    context["steps"] = queries.gap_steps(pk)
    return render(request, "continuity/gap.html", context)


def _initial(gap: queries.GapInfo) -> dict[str, str]:
    return {"status": gap.status}

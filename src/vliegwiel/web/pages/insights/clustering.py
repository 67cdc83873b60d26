"""Making insights of what was heard, and talking them over."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from vliegwiel.apps.insights import (
    ChangedMeanwhile,
    ConsultationRefused,
    InsightRefused,
    NotThere,
    queries,
    services,
)
from vliegwiel.web import notation
from vliegwiel.web.login.kept import typed
from vliegwiel.web.pages.access import RegionRequest, region_page

from .observation_forms import ConsultationForm, InsightForm, InsightTextForm, numbers
from .seen import has_seen

_MOST = 200


@region_page("insights.edit", keeps_typed=True)
def new_insight(request: RegionRequest, region: Any) -> HttpResponse:
    """An insight from observations that were chosen, with more that say alike."""
    data = typed(request)
    chosen = numbers((data or request.GET).getlist("observations")[:_MOST])
    rows = list(queries.observations_by_id(region, chosen))
    title = data.get("title", "") if data else ""
    text = " ".join([title, *(row.text for row in rows)])
    alike = queries.observations_like(region, text, leave_out=chosen)
    form = InsightForm(
        [*rows, *(row for row, _why in alike)], data, initial={"observations": chosen}
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        given["observation_ids"] = given.pop("observations")
        try:
            number = services.make_insight(region=region, by=request.user, **given)
        except InsightRefused as refused:
            form.refuse(refused.problems)
        else:
            messages.success(request, _("The insight was made."))
            return redirect("insight", region.slug, number)
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "insights/new_insight.html", {"form": form}, status=status)


@region_page("insights.edit", keeps_typed=True)
def change_insight(request: RegionRequest, region: Any, number: int) -> HttpResponse:
    """Changing an insight of one's own; what somebody else changed meanwhile stands beside it."""
    detail = queries.insight_detail(region, number)
    if detail is None or not detail.is_own:
        raise Http404
    initial = {
        "title": detail.title,
        "summary": detail.summary,
        "chances": queries.chances_as_text(detail),
        "stands_in": "\n".join(detail.stands_in),
        "seen": detail.version,
    }
    form = InsightTextForm(typed(request), initial=initial)
    context: dict[str, Any] = {"form": form, "insight": detail}
    if request.method == "POST" and form.is_valid() and _change(request, region, detail, form):
        messages.success(request, _("Saved. What stood here before is kept."))
        return redirect("insight", region.slug, number)
    if form.is_bound and form["seen"].value() not in (None, "", str(detail.version)):
        # Who has seen what stands there now may put his own in its place.
        has_seen(form, str(detail.version))
        context |= {"now": detail, "chances_now": initial["chances"]}
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "insights/change_insight.html", context, status=status)


def _change(
    request: RegionRequest, region: Any, detail: queries.InsightDetail, form: InsightTextForm
) -> bool:
    """Whether the change was kept; where not, the form says why."""
    seen = form.cleaned_data["seen"] or 0
    try:
        services.change_insight(
            region=region, insight_id=detail.id, seen=seen, by=request.user, **form.told()
        )
    except InsightRefused as refused:
        form.refuse(refused.problems)
    except ChangedMeanwhile:
        form.add_error(None, _("Somebody else changed this insight meanwhile."))
    else:
        return True
    return False


@region_page("insights.edit")
def rests_on(request: RegionRequest, region: Any, number: int) -> HttpResponse:
    """What an insight rests on, and what says alike and could be added."""
    detail = queries.insight_detail(region, number)
    if detail is None:
        raise Http404
    if request.method == "POST":
        _add(request, region, detail)
        return redirect("insight_rests_on", region.slug, number)
    return render(request, "insights/rests_on.html", _around(region, detail))


def _around(region: Any, detail: queries.InsightDetail) -> dict[str, Any]:
    heard = [row.text for row in detail.observations]
    text = " ".join([detail.title, detail.summary, *heard])
    leave_out = [row.id for row in detail.observations]
    named = [ref.id for ref in detail.relates_to]
    return {
        "insight": detail,
        "alike": queries.observations_like(region, text, leave_out=leave_out),
        "others": [item for item in queries.insight_list(region) if item.id != detail.id],
        "named": named,
        "seen": ",".join(map(str, named)),
    }


def _add(request: RegionRequest, region: Any, detail: queries.InsightDetail) -> None:
    chosen = numbers(request.POST.getlist("observations")[:_MOST])
    try:
        added = services.support_insight(
            region=region, insight_id=detail.id, observation_ids=chosen, by=request.user
        )
    except NotThere:
        messages.error(request, _("One of these observations is not there any more."))
        return
    words = ngettext("%(n)s observation added.", "%(n)s observations added.", added)
    messages.success(request, words % {"n": notation.number(added)})


@require_POST
@region_page("insights.edit")
def take_off(request: RegionRequest, region: Any, number: int, pk: int) -> HttpResponse:
    """Lets an insight rest on an observation no longer."""
    detail = queries.insight_detail(region, number)
    if detail is None:
        raise Http404
    services.end_support(region=region, insight_id=detail.id, observation_id=pk, by=request.user)
    messages.success(request, _("Taken off. That the insight rested on it is kept."))
    return redirect("insight_rests_on", region.slug, number)


@require_POST
@region_page("insights.edit")
def relate(request: RegionRequest, region: Any, number: int) -> HttpResponse:
    """Which other insights this one names; what somebody else drew meanwhile is shown beside it."""
    detail = queries.insight_detail(region, number)
    if detail is None:
        raise Http404
    names = numbers(request.POST.getlist("names")[:_MOST])
    seen = numbers(request.POST.get("seen", "").split(","))
    try:
        services.set_relations(
            region=region, insight_id=detail.id, names=names, seen=seen, by=request.user
        )
    except NotThere as gone:
        raise Http404 from gone
    except ChangedMeanwhile:
        context = {**_around(region, detail), "named": names, "changed": True}
        return render(request, "insights/rests_on.html", context, status=422)
    messages.success(request, _("The relations were saved."))
    return redirect("insight", region.slug, number)


@region_page("insights.edit", keeps_typed=True)
def consultation(request: RegionRequest, region: Any, pk: int | None = None) -> HttpResponse:
    """With whom the insights were talked over; a correction keeps what stood there."""
    kept = queries.consultation(region, pk) if pk is not None else None
    if pk is not None and kept is None:
        raise Http404
    names = ("group", "start", "end", "reason", "result")
    initial = {name: getattr(kept, name) for name in names} if kept else {}
    form = ConsultationForm(typed(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.record_consultation(
                region=region, by=request.user, replaces=pk, **form.cleaned_data
            )
        except ConsultationRefused as refused:
            form.refuse(refused.problems)
        except ChangedMeanwhile:
            form.add_error(None, _("Somebody else corrected this meanwhile."))
        else:
            messages.success(request, _("The consultation was recorded."))
            return redirect("insights", region.slug)
    status = 422 if request.method == "POST" and form.errors else 200
    context = {"form": form, "kept": kept}
    return render(request, "insights/consultation.html", context, status=status)

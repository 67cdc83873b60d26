"""What was heard: the register, and keeping one or many."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from vliegwiel.apps.insights import (
    ChangedMeanwhile,
    NotThere,
    ObservationRefused,
    ObservationsRefused,
    queries,
    services,
)
from vliegwiel.apps.regions import rights
from vliegwiel.apps.regions.searching import MOST_FOUND
from vliegwiel.web import notation
from vliegwiel.web.login.kept import typed
from vliegwiel.web.pages.access import RegionRequest, region_page

from .observation_forms import ManyForm, ObservationForm, RegisterForm, SupportedForm
from .seen import has_seen

_CARRIED = ("kind", "role", "heard_on")


@require_safe
@region_page("region.view")
def register(request: RegionRequest, region: Any) -> HttpResponse:
    """Every observation of the region; what is asked stands in the address."""
    form = RegisterForm(request.GET)
    wanted = form.wanted()
    asked = {name: value for name, value in request.GET.items() if name != "page" and value}
    count, loose = queries.observation_counts(region)
    page = queries.observations(region, wanted, request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "too_many": bool(wanted.words.strip()) and page.paginator.count > MOST_FOUND,
        "is_narrowed": wanted != queries.Wanted(),
        "query": f"{urlencode(asked)}&" if asked else "",
        "count": count,
        "loose": loose,
        "may_edit": rights.may(request.user, "insights.edit", region),
    }
    return render(request, "insights/register.html", context)


@region_page("insights.edit", keeps_typed=True)
def add(request: RegionRequest, region: Any) -> HttpResponse:
    """One observation, in the midst of a conversation; the next one is ready at once."""
    carried = {name: request.GET[name] for name in _CARRIED if request.GET.get(name)}
    form = ObservationForm(typed(request), initial=carried)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            services.add_observation(
                region=region,
                heard=form.heard(),
                entry_key=given["entry_key"],
                nobody_in_it=given["nobody_in_it"],
                by=request.user,
            )
        except ObservationRefused as refused:
            form.refuse(refused.problems)
        else:
            messages.success(request, _("Kept: “%(text)s”") % {"text": given["text"][:80]})
            return redirect(_next_one(region, form))
    return render(request, "insights/observe.html", {"form": form}, status=_status(request, form))


def _next_one(region: Any, form: ObservationForm) -> str:
    carried = {name: form.cleaned_data[name] for name in _CARRIED if form.cleaned_data[name]}
    return f"{reverse('observation_add', args=[region.slug])}?{urlencode(carried)}"


@region_page("insights.edit", keeps_typed=True)
def add_many(request: RegionRequest, region: Any) -> HttpResponse:
    """Lines or a table: taken whole, or not at all."""
    data = typed(request)
    form = ManyForm(data, request.FILES if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "headings": queries.file_headings()}
    context |= {"kinds": queries.observation_kinds(), "roles": queries.source_roles()}
    if request.method != "POST" or not form.is_valid():
        status = _status(request, form)
        return render(request, "insights/observe_many.html", context, status=status)
    try:
        kept = _keep_many(request, region, form.cleaned_data)
    except ObservationsRefused as refused:
        context |= {"refused": refused.findings, "ask": refused.only_persons}
        return render(request, "insights/observe_many.html", context, status=422)
    except ObservationRefused as refused:
        form.refuse(refused.problems)
        return render(request, "insights/observe_many.html", context, status=422)
    _tell(request, kept)
    return redirect("observations", region.slug)


@require_POST
@region_page("insights.edit")
def carry_over(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """The answers of a conversation become observations; of persons in them is asked first."""
    sure = bool(request.POST.get("nobody_in_it"))
    try:
        kept = services.carry_over(region=region, round_id=pk, by=request.user, nobody_in_it=sure)
    except NotThere as gone:
        raise Http404 from gone
    except ObservationRefused as refused:
        messages.error(request, " ".join(refused.problems.values()))
        return redirect("round", region.slug, pk)
    except ObservationsRefused as refused:
        context = {"refused": refused.findings, "title": refused.name, "pk": pk}
        return render(request, "insights/carry_over.html", context, status=422)
    _tell(request, kept)
    return redirect("observations", region.slug)


def _keep_many(
    request: RegionRequest, region: Any, given: dict[str, Any]
) -> services.ObservationsKept:
    sure = given["nobody_in_it"]
    if file := given["file"]:
        return services.load_observations(
            region=region, name=file.name, content=file.read(), by=request.user, nobody_in_it=sure
        )
    about = {name: given[name] for name in _CARRIED}
    return services.add_lines(
        region=region, text=given["lines"], by=request.user, nobody_in_it=sure, **about
    )


def _tell(request: RegionRequest, kept: services.ObservationsKept) -> None:
    words = ngettext("%(n)s observation kept.", "%(n)s observations kept.", kept.added)
    messages.success(request, words % {"n": notation.number(kept.added)})
    if kept.known:
        words = ngettext(
            "%(n)s stood here word for word already.",
            "%(n)s stood here word for word already.",
            kept.known,
        )
        messages.info(request, words % {"n": notation.number(kept.known)})


@require_safe
@region_page("region.view")
def detail(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """One observation, what rests on it, and what it was before."""
    found = _found(region, pk)
    insights = queries.insight_list(region)
    rested = [ref.id for ref in found.line.insights]
    asked = {"insights": rested, "rested": ",".join(map(str, rested))}
    alike = {item.id: item for item in queries.insights_like(region, found.line.text)}
    context = {
        "detail": found,
        "line": found.line,
        "form": SupportedForm(insights, initial=asked),
        "suggested": [item for item in insights if item.id in alike and item.id not in rested],
        "may_edit": rights.may(request.user, "insights.edit", region),
    }
    return render(request, "insights/observation.html", context)


@require_POST
@region_page("insights.edit")
def support(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """Which insights rest on this observation from now on."""
    _found(region, pk)
    form = SupportedForm(queries.insight_list(region), request.POST)
    if not form.is_valid():
        raise Http404
    try:
        services.set_supported(
            region=region,
            observation_id=pk,
            insight_ids=form.cleaned_data["insights"],
            seen=form.seen(),
            by=request.user,
        )
    except ChangedMeanwhile:
        words = _(
            "Somebody else changed this meanwhile. Look at how it stands now, and choose again."
        )
        messages.warning(request, words)
    else:
        messages.success(request, _("Saved. What was taken off is kept as history."))
    return redirect("observation", region.slug, pk)


@region_page("insights.edit", keeps_typed=True)
def change(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """Changing an observation; what somebody else changed meanwhile is shown beside it."""
    found = _found(region, pk, own=True)
    line = found.line
    names = ("text", "kind", "role", "heard_on")
    initial = {**{name: getattr(line, name) for name in names}, "seen": line.version}
    form = ObservationForm(typed(request), initial=initial)
    context: dict[str, Any] = {"form": form, "line": line}
    if request.method == "POST" and form.is_valid() and _change(request, region, pk, form):
        messages.success(request, _("Saved. What stood here before is kept."))
        return redirect("observation", region.slug, pk)
    if form.is_bound and form["seen"].value() not in (None, "", str(line.version)):
        # Who has seen what stands there now may put his own in its place.
        has_seen(form, str(line.version))
        context["now"] = line
    status = _status(request, form)
    return render(request, "insights/observation_change.html", context, status=status)


def _change(request: RegionRequest, region: Any, pk: int, form: ObservationForm) -> bool:
    """Whether the change was kept; where not, the form says why."""
    given = form.cleaned_data
    try:
        services.change_observation(
            region=region,
            observation_id=pk,
            heard=form.heard(),
            seen=given["seen"] or 0,
            nobody_in_it=given["nobody_in_it"],
            by=request.user,
        )
    except ObservationRefused as refused:
        form.refuse(refused.problems)
    except ChangedMeanwhile:
        form.add_error(None, _("Somebody else changed this observation meanwhile."))
    else:
        return True
    return False


@require_POST
@region_page("insights.edit")
def remove(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """Takes an observation away for good."""
    _found(region, pk, own=True)
    try:
        services.remove_observation(region=region, observation_id=pk, by=request.user)
    except ObservationRefused as refused:
        messages.error(request, " ".join(refused.problems.values()))
        return redirect("observation", region.slug, pk)
    messages.success(request, _("The observation was taken away."))
    return redirect("observations", region.slug)


def _found(region: Any, pk: int, *, own: bool = False) -> queries.ObservationDetail:
    found = queries.observation(region, pk)
    if found is None or (own and found.line.is_shipped):
        raise Http404
    return found


def _status(request: RegionRequest, form: Any) -> int:
    return 422 if request.method == "POST" and form.errors else 200

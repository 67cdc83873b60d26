"""The hypothesis of an initiative, and with one press of a button its forecast."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vliegwiel.apps.explorer import DocumentRefused, sentences
from vliegwiel.apps.explorer import queries as explorer
from vliegwiel.apps.explorer import services as explorer_services
from vliegwiel.apps.explorer.limits import DEFAULTS
from vliegwiel.apps.explorer.naming import LONGEST, Names
from vliegwiel.apps.initiatives import (
    HypothesisFacts,
    identifier_of,
    queries,
    scenario_of,
    services,
)
from vliegwiel.apps.initiatives.queries import InitiativeLine
from vliegwiel.science.caresystem import (
    CareSystem,
    DocumentError,
    Scenario,
    Text,
    read_scenario,
    write_document,
)
from vliegwiel.web.login.kept import typed
from vliegwiel.web.pages.access import RegionRequest, region_page

from .hypothesis_form import HypothesisForm
from .one import changeable, line_of
from .saving import form_page, saved


@region_page("initiatives.propose", keeps_typed=True)
def hypothesis(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """What is expected to change, as numbers of the region's care system."""
    line, version = changeable(region, pk, request.user), explorer.newest_care_system(region)
    if version is None:
        return render(request, "initiatives/no_care_system.html", {"line": line})
    system, now = explorer.care_system(version), queries.hypothesis_now(pk)
    form = HypothesisForm(typed(request), system=system, now=now)
    if request.method == "POST" and form.is_valid():
        form.add_faults(_faults(form.facts(), line, system))

    def save() -> None:
        seen, facts = form.cleaned_data["seen"], form.facts()
        services.save_hypothesis(initiative_id=pk, hypothesis=facts, seen=seen, by=request.user)

    if saved(request, form, save):
        messages.success(request, _("The hypothesis was saved; earlier versions are kept."))
        return redirect("initiative", region.slug, pk)
    return form_page(request, form, template="initiatives/hypothesis.html", line=line)


@require_POST
@region_page("forecast.run")
def forecast(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """Makes a scenario of the hypothesis and asks for its forecast; twice gives the same one."""
    line, now = line_of(region, pk), queries.hypothesis_now(pk)
    version = explorer.newest_care_system(region)
    if now is None or version is None:
        raise Http404
    document = _scenario(region, now.facts, line, explorer.care_system(version))
    try:
        scenario = explorer_services.make_scenario(
            region=region, document=write_document(document), by=request.user
        )
    except DocumentRefused as refused:
        for fault in refused.faults:
            messages.error(request, sentences.fault(fault))
        return redirect("initiative_hypothesis", region.slug, pk)
    run = explorer_services.start_run(scenario=scenario, by=request.user, **DEFAULTS)
    services.record_forecast(
        initiative_id=pk, hypothesis=now.number, scenario=scenario.pk, run=run.pk, by=request.user
    )
    return redirect("explorer_run", region.slug, run.pk)


def _scenario(
    region: Any, facts: HypothesisFacts, line: InitiativeLine, system: CareSystem
) -> Scenario:
    """The scenario under a title that no other of the region has."""
    own = identifier_of(line.id)
    titles = explorer.titles_of(region).items()
    names = Names.of(title for identifier, title in titles if identifier != own)
    title = Text(nl=line.title[:LONGEST], en=line.title[:LONGEST])
    return scenario_of(
        facts,
        initiative=line.id,
        title=names.suggested(title) if names.has(title) else title,
        description=Text(nl=facts.for_whom, en=facts.for_whom),
        system=system,
        insight=next((one.number for one in queries.detail_of(line).insights), None),
    )


def _faults(facts: HypothesisFacts, line: InitiativeLine, system: CareSystem) -> Any:
    """What the care system objects to; the title does not matter here."""
    words = Text(nl=line.title, en=line.title)
    made = scenario_of(facts, initiative=line.id, title=words, description=words, system=system)
    try:
        read_scenario(write_document(made), system)
    except DocumentError as error:
        return error.faults
    return ()

"""A region with one of everything: what the address of any page asks for stands in it.

For tests that walk over all pages, with or without a browser. `build` expects an empty database,
takes a few seconds, and leaves throwing away what it made to whoever calls it. A new page whose
address asks for something is named in `_ASKED`; what it asks for is made in `build`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.core.cache import cache
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from tests.apps.continuity.conftest import CRISIS, GOES_ON, keep_stories, search
from tests.apps.offers.offer_files import csv_of, row
from tests.apps.trajectories.kept import keep_crowd
from tests.explored import explored
from tests.explorer_world import kept_run, outcome
from tests.science.caresystem import samples
from vliegwiel import reference
from vliegwiel.apps.agenda import services as agenda
from vliegwiel.apps.continuity import services as continuity
from vliegwiel.apps.continuity.models import CheckItem, Gap
from vliegwiel.apps.continuity.reviewing import QUESTIONS
from vliegwiel.apps.explorer import services as explorer
from vliegwiel.apps.explorer.models import FitRun, ScenarioVersion, SimulationRun
from vliegwiel.apps.explorer.pilot_work import PilotQuestion
from vliegwiel.apps.figures import services as figures
from vliegwiel.apps.initiatives import Facts
from vliegwiel.apps.initiatives import services as initiatives
from vliegwiel.apps.insights import services as insights
from vliegwiel.apps.insights.models import Term
from vliegwiel.apps.insights.services import Heard
from vliegwiel.apps.instruments import queries as asked
from vliegwiel.apps.instruments import services as instruments
from vliegwiel.apps.instruments.drafting import Draft, DraftQuestion
from vliegwiel.apps.instruments.services import NewParty
from vliegwiel.apps.intake.models import Handover
from vliegwiel.apps.offers import services as offers
from vliegwiel.apps.offers.models import Offer
from vliegwiel.apps.pilots import GroupFacts, OutcomeFacts, PlanFacts, RiskFacts
from vliegwiel.apps.pilots import services as pilots
from vliegwiel.apps.pilots.models import Upload
from vliegwiel.apps.regions import services as regions
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import Role
from vliegwiel.apps.trajectories import services as trajectories
from vliegwiel.apps.yardstick import IndicatorFacts
from vliegwiel.apps.yardstick import services as yardstick

HERE = "ijsselland"
MOMENT = date(2026, 1, 5)
_API = "api/v1/regions/<slug:region>"
#: What stands in addresses beside the region: a name of `FullRegion.things` for each parameter, or
#: what stands there itself, with the keys of the routes that ask for it. A name with ? is asked for
#: behind the address.
_ASKED: tuple[tuple[Mapping[str, str], str], ...] = (
    ({"number": "1"}, f"agenda_version {_API}/agenda/versions/<int:number>"),
    ({"kind": "onderdeel"}, "agenda_part_new"),
    (
        {"kind": "onderdeel", "key": "finite"},
        "agenda_part agenda_part_remove agenda_part_history",
    ),
    ({"key": "mijov-2025"}, "agenda_example"),
    ({"pk": "delivery"}, "care_delivery care_delivery_remove"),
    ({"pk": "handover"}, "care_reading care_reading_stop"),
    ({"pk": "gap"}, "care_gap"),
    ({"pk": "review"}, "case_review_observe"),
    ({"pk": "checklist_item", "code": "0193"}, "checklist_answer"),
    ({"code": "0193"}, "municipality"),
    ({"ticket": "none"}, "waiting_times_confirm"),
    ({"pk": "offer"}, "offer offer_change"),
    ({"pk": "consultation"}, "consultation"),
    (
        {"number": "2"},
        f"insight insight_priority insight_rests_on insight_relate {_API}/insights/<int:number>",
    ),
    ({"number": "own_insight"}, "insight_change"),
    ({"number": "2", "pk": "observation"}, "insight_take_off"),
    (
        {"pk": "observation"},
        "observation observation_support observation_change observation_remove",
    ),
    ({"pk": "term"}, "term_remove"),
    ({"pk": "instrument"}, "instrument round_new"),
    ({"pk": "own_instrument"}, "instrument_change instrument_share"),
    ({"pk": "round"}, "round round_close round_again round_csv observations_from_round"),
    ({"invite": "invite"}, "invited"),
    ({"secret": "answer"}, "answering"),
    (
        {"pk": "initiative"},
        "initiative_change initiative_publish initiative_proposal initiative_hypothesis"
        " initiative_forecast initiative_sourcing initiative_ethics initiative_cycle",
    ),
    (
        {"pk": "tried"},
        "initiative pilot_new initiative_decisions initiative_evidence initiative_measured",
    ),
    ({"pk": "initiative", "target": "stopped"}, "initiative_stage"),
    ({"pk": "initiative", "step": "watch"}, "initiative_transfer"),
    ({"pk": "initiative", "kind": "preconditions"}, "initiative_assess"),
    ({"pk": "published"}, "innovation"),
    ({"pk": "of_others"}, "initiative_adopt"),
    ({"number": "published"}, "api/v1/initiatives/<int:number>"),
    (
        {"pk": "scenario"},
        "explorer_scenario explorer_start smallest_test_ask scenario_measured",
    ),
    (
        {"number": "scenario"},
        f"{_API}/scenarios/<int:number>/document {_API}/scenarios/<int:number>/runs",
    ),
    ({"pk": "run"}, "explorer_run explorer_cancel explorer_retry explorer_csv explorer_json"),
    ({"pk": "run", "table": "stromen"}, "explorer_table_csv"),
    (
        {"?run": "run", "?run ": "other_run"},
        "explorer_compare explorer_comparison_csv explorer_comparison_months_csv",
    ),
    (
        {"number": "run"},
        f"{_API}/runs/<int:number> {_API}/runs/<int:number>/cancellation"
        f" {_API}/runs/<int:number>/result {_API}/runs/<int:number>/result/document",
    ),
    (
        {"pk": "smallest_test"},
        "smallest_test smallest_test_cancel smallest_test_retry smallest_test_csv"
        " smallest_test_json",
    ),
    ({"pk": "fit"}, "fit fit_cancel fit_keep fit_csv fit_test_csv fit_json"),
    (
        {"pilot": "pilot"},
        "pilot pilot_amend pilot_work pilot_milestone pilot_iteration pilot_risk_new"
        " pilot_framework core_group core_group_minutes pilot_result pilot_forecast"
        " pilot_forecast_ask pilot_measurements pilot_dossier pilot_dossier_pdf pilot_dossier_json"
        " pilot_dossier_csv pilot_dossier_keep",
    ),
    ({"pilot": "plan"}, "pilot_change pilot_register"),
    ({"pilot": "pilot", "pk": "milestone"}, "pilot_milestone_reached"),
    ({"pilot": "pilot", "number": "risk"}, "pilot_risk"),
    (
        {"pilot": "pilot", "outcome": "outcome"},
        "pilot_result_csv pilot_measure_table pilot_measure_typing pilot_measure_example"
        " pilot_measure_care",
    ),
    (
        {"pilot": "pilot", "outcome": "outcome"},
        f"{_API}/pilots/<int:pilot>/outcomes/<int:outcome>/deliveries"
        f" {_API}/pilots/<int:pilot>/outcomes/<int:outcome>/measurements",
    ),
    ({"number": "pilot"}, f"{_API}/pilots/<int:number>"),
    ({"number": "definition"}, f"{_API}/indicators/<int:number>"),
    ({"pilot": "pilot", "pk": "upload"}, "pilot_upload"),
    ({"pilot": "pilot", "pk": "measured"}, "pilot_delivery"),
    ({"code": "indicator"}, "indicator indicator_change target"),
    ({"part": "verantwoorden"}, "loop_part"),
)
_GIVEN = {key: given for given, keys in _ASKED for key in keys.split()}


@dataclass(frozen=True, slots=True)
class Route:
    """A page or operation. `key` is its name; of the API, where names come back, its pattern."""

    key: str
    pattern: str


def routes() -> list[Route]:
    """Every route of the site, each once; a pattern that is an expression is left as it is."""
    return list(dict.fromkeys(_walk(get_resolver("vliegwiel.site.urls"), "")))


def _walk(resolver: URLResolver, before: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, pattern)
        elif isinstance(entry, URLPattern):
            yield Route(pattern if pattern.startswith("api/") else entry.name or pattern, pattern)


@dataclass(frozen=True, slots=True)
class FullRegion:
    """What `build` made: the people by their role, `things` by the names that addresses use."""

    region: Region
    people: Mapping[str, User]
    things: Mapping[str, str]

    def address(self, route: Route) -> str:
        """The address of a route, with things of the region in it; KeyError without a value."""
        given = {"region_slug": HERE, "region": HERE, **_GIVEN.get(route.key, {})}

        def value(found: re.Match[str]) -> str:
            wanted = given[found[1]]
            return self.things.get(wanted, wanted)

        asked = "&".join(
            f"{name.strip(' ?')}={self.things[wanted]}"
            for name, wanted in given.items()
            if name.startswith("?")
        )
        path = re.sub(r"<(?:\w+:)?(\w+)>", value, route.pattern)
        return f"/{path}?{asked}" if asked else f"/{path}"


def build() -> FullRegion:
    """Makes the region. Raises whatever a service raises when its input is no longer right."""
    cache.clear()
    by = regions.system_user()
    here, there = shipped_regions(by=by)
    figures.load_sources(by=by)
    figures.load_shipped_figures(region=here, by=by)
    figures.load_shipped_waiting_times(region=there, by=by)
    insights.load_shipped(region=here, by=by)
    insights.load_shipped_terms(region=here, by=by)
    agenda.load_example_versions(region=here, by=by)
    yardstick.load_library(by=by)
    people = {str(role): _person(str(role), here, role) for role in Role}
    people["stranger"] = _person("stranger", there, Role.PROGRAMME_MANAGER)
    people["inactive"] = _person("inactive", here, Role.PROGRAMME_MANAGER)
    User.objects.filter(pk=people["inactive"].pk).update(is_active=False)
    things = {
        **_of_care_data(here, by),
        **_of_continuity(here, by),
        **_of_insights(here, by),
        **_of_initiatives(here, there, by, people[Role.PROJECT_LEAD]),
        **_of_instruments(here, by),
        **_of_the_explorer(here, by),
    }
    things |= _of_pilots(here, int(things["tried"]), by)
    return FullRegion(here, people, {name: str(value) for name, value in things.items()})


def shipped_regions(*, by: User) -> list[Region]:
    """IJsselland and Twente with their municipalities."""
    rows = reference.municipality_rows()
    facts = [
        regions.RegionFacts(
            code=code,
            name=next(line.region for line in rows if line.region_code == code),
            municipalities=[(line.code, line.name) for line in rows if line.region_code == code],
            since=date(2023, 1, 1),
        )
        for code in ("JZ07", "JZ14")
    ]
    regions.load_regions(regions=facts, by=by)
    return [Region.objects.get(code=one.code) for one in facts]


def _person(name: str, region: Region, role: Role) -> User:
    return regions.make_user(
        email=f"{name}@example.org", name=f"Iemand {name}", password=name * 3,
        roles=[(region, role)],
    )  # fmt: skip


def _of_care_data(region: Region, by: User) -> dict[str, Any]:
    delivery = keep_crowd(region, 40)
    youth, other = f"{1001:032x}", f"{1002:032x}"
    keep_stories(region, CRISIS.format(youth), GOES_ON.format(other), name="vervolg.xml")
    search(region)
    snapshot = trajectories.refresh(region=region)
    assert snapshot is not None
    trajectories.work_on_snapshot(snapshot_id=snapshot.pk)
    now = timezone.now()
    handover = Handover.objects.create(
        region=region, by=by, name="berichten.xml", files=1, total=1000, heartbeat_at=now
    )
    fit = FitRun.objects.create(
        region=region, state="-", code_version="-", seed=1, created_by=by, status="queued"
    )
    content = csv_of([row(), row(offer_code="dag", offer="Daghulp", care_form="outpatient")])
    offers.load_offers(region=region, name="aanbod.csv", content=content, by=by)
    offer = Offer.objects.latest("pk")
    return {"delivery": delivery.pk, "handover": handover.pk, "fit": fit.pk, "offer": offer.pk}


def _of_continuity(region: Region, by: User) -> dict[str, Any]:
    continuity.load_checklist(region=region, by=by)
    item = CheckItem.objects.earliest("pk")
    continuity.answer_item(
        region=region, item_id=item.pk, municipality="0193", state="under_way",
        deadline=MOMENT, owner="Beleid", evidence="", by=by,
    )  # fmt: skip
    review = continuity.add_review(
        region=region,
        municipality="0193",
        month=date(2025, 5, 1),
        answers={question.key: [next(iter(question.answers))] for question in QUESTIONS},
        lesson="Eén vast gezicht maakt het wachten korter.",
        by=by,
    )
    return {
        "gap": Gap.objects.earliest("pk").pk,
        "checklist_item": item.pk,
        "review": review,
    }


def _of_insights(region: Region, by: User) -> dict[str, Any]:
    heard = Heard("De wachtlijst voor ambulante hulp groeit.", "quote", MOMENT, "parent")
    observation = insights.add_observation(region=region, heard=heard, by=by)
    insight = region.insights.get(number=2)
    insights.support_insight(
        region=region, insight_id=insight.pk, observation_ids=[observation], by=by
    )
    consultation = insights.record_consultation(
        region=region, group="Cliëntenraad", start=MOMENT, end=MOMENT, reason="Toetsen",
        result="", by=by,
    )  # fmt: skip
    term = Term.objects.filter(region=region).earliest("pk")
    own = insights.make_insight(
        region=region, title="De rij groeit", summary="Overal.", observation_ids=[observation],
        by=by,
    )  # fmt: skip
    return {
        "observation": observation,
        "consultation": consultation,
        "term": term.pk,
        "own_insight": own,
    }


def _of_initiatives(region: Region, elsewhere: Region, by: User, lead: User) -> dict[str, Any]:
    initiatives.load_catalogue(by=by)
    initiatives.load_examples(region=region, by=by)
    published = region.initiatives.earliest("pk").pk
    facts = Facts(title="Behandeling thuis", summary="Jeugdigen krijgen behandeling thuis.")
    initiative = initiatives.start(region=region, facts=facts, by=lead)
    facts = replace(facts, title="Behandeling op school")
    tried = explored(initiatives.start(region=region, facts=facts, by=lead))
    of_others = initiatives.start(region=elsewhere, facts=facts, by=by)
    initiatives.publish(initiative_id=of_others, by=by)
    return {
        "published": published,
        "initiative": initiative,
        "tried": tried,
        "of_others": of_others,
    }


def _of_instruments(region: Region, by: User) -> dict[str, Any]:
    instruments.load_shipped(by=by)
    shipped = next(
        line.id
        for line in asked.instrument_list(region)
        for found in [asked.instrument_detail(region, line.id)]
        if found is not None and found.instrument.key == "process-statements"
    )
    draft = Draft(
        title="Eigen vragen", intro="Kort.", use="scan", of="organisation",
        lowest="niet", highest="helemaal",
        questions=(DraftQuestion("Werkt het?", "scale", "Werking"),),
    )  # fmt: skip
    own = instruments.save_instrument(
        region=region, instrument_id=None, seen=None, draft=draft, by=by
    )
    held = instruments.open_round(
        region=region, instrument_id=shipped, title="Voorjaar", parties=[NewParty("Noord")],
        again_on=None, by=by,
    )  # fmt: skip
    detail = asked.round_detail(region, held)
    assert detail is not None
    invite = detail.parties[0].invite
    answer = instruments.begin_answer(invite=invite)
    return {
        "instrument": shipped,
        "own_instrument": own,
        "round": held,
        "invite": invite,
        "answer": answer,
    }


def _of_the_explorer(region: Region, by: User) -> dict[str, Any]:
    system = explorer.load_care_system(
        region=region, document=samples.as_text(samples.care_system()), by=by
    )
    scenario: ScenarioVersion = explorer.load_example(
        care_system=system, document=samples.as_text(samples.scenario()), by=by
    )
    run: SimulationRun = kept_run(scenario, outcome(), by=by)
    other = kept_run(scenario, outcome(0.8), by=by, seed=2)
    question = PilotQuestion(
        design="youths", outcome="days_in_care", care_type="ambulant",
        given=("0193",), candidates=("0166",), numbers=(), certainty=0.8,
        months_before=6, longest=12,
    )  # fmt: skip
    test = explorer.start_smallest_test(
        scenario=scenario, question=question, replications=100, seed=1, by=by
    )
    explorer.work_on_run(run_id=test.pk)
    return {"scenario": scenario.pk, "run": run.pk, "other_run": other.pk, "smallest_test": test.pk}


def _of_pilots(region: Region, initiative: int, by: User) -> dict[str, Any]:
    facts = IndicatorFacts(
        name="Tevredenheid", definition="Cijfer van jeugdigen.", kind="mean", unit="cijfer",
        better="higher", level="youth", numerator="som van cijfers", denominator="jeugdigen",
        lowest=1, highest=10,
    )  # fmt: skip
    version = yardstick.define(region=region, facts=facts, by=by)
    today = timezone.localdate()
    plan = PlanFacts(
        title="Proef in Zwolle",
        starts_on=today,
        ends_on=today + timedelta(days=400),
        design="randomised",
        lot="persons",
        tuning_size=200,
        analysis="Verschil in gemiddelde.",
        stop_rule="Stop bij aantoonbare schade.",
        groups=(
            GroupFacts(key="met", name="Met hulp thuis", treated=True),
            GroupFacts(key="zonder", name="Gewone hulp", treated=False),
        ),
        outcomes=(OutcomeFacts(version=version.pk, smallest_relevant=0.5),),
    )
    draft = pilots.draft(
        initiative_id=initiative, facts=replace(plan, title="Nog niet begonnen"), by=by
    )
    pilot = pilots.draft(initiative_id=initiative, facts=plan, by=by)
    milestone = pilots.plan_milestone(pilot_id=pilot.pk, title="Team compleet", due_on=today, by=by)
    risk = RiskFacts(
        title="Aanbieders doen niet mee", kind="purchasing", chance="large", impact="middle",
        early_sign="Minder belangstelling", owner="Inkoop", measure="", status="open",
    )  # fmt: skip
    kept = pilots.keep_risk(pilot_id=pilot.pk, facts=risk, by=by)
    pilots.register(pilot_id=pilot.pk, by=by)
    outcome = pilot.outcomes.get()
    table = f"groep;eenheid;dag;waarde\nmet;a;{today};7\nzonder;b;{today};6"
    pilots.take_file(outcome_id=outcome.pk, content=table.encode(), by=by)
    upload = Upload.objects.create(outcome=outcome, channel="file", content=b"-", by=by)
    return {
        "plan": draft.pk,
        "pilot": pilot.pk,
        "milestone": milestone.pk,
        "risk": kept.risk,
        "outcome": outcome.pk,
        "upload": upload.pk,
        "measured": outcome.deliveries.get().pk,
        "indicator": version.indicator.key,
        "definition": version.pk,
    }

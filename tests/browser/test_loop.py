"""The whole loop in a browser, on generated waits: with a true effect, and with none.

The clock of the product is set, as a year of measuring has to pass; nothing else stands in for
anything. The runs of the model are worked on here, where a worker would.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.closing_loop import (
    REGISTERED,
    STARTS,
    TARGET,
    care_system,
    forecast,
    measured,
    registered,
    rough,
    waiting,
)
from vliegwiel.apps.decisions import asked
from vliegwiel.apps.decisions.queries import adopted_here
from vliegwiel.apps.explorer import services as explorer_services
from vliegwiel.apps.explorer.models import SimulationRun
from vliegwiel.apps.initiatives import Facts
from vliegwiel.apps.initiatives import services as initiatives
from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.pilots.models import Pilot
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.services import system_user
from vliegwiel.apps.yardstick import services as yardstick
from vliegwiel.apps.yardstick.queries import library
from vliegwiel.web.pages.initiatives import forecasting as asking

from .conftest import EMAIL, AccessCheck, Visit, Visitor

HERE, THERE = "/regio/ijsselland", "/regio/twente"
DRAFT = "Bewaar als concept"
AFTER = STARTS + timedelta(days=393)
NEXT = date(2027, 4, 1)

Clock = Callable[[date], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Sets the day of the product, for the server as well."""

    def put(day: date) -> None:
        zone = timezone.get_current_timezone()
        moment = datetime(day.year, day.month, day.day, 12, tzinfo=zone)
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return put


@pytest.fixture
def models(world: User, monkeypatch: pytest.MonkeyPatch) -> int:
    """Both regions have a model and the shared indicators; gives the version of waiting time."""
    rough(monkeypatch, asked, asking)
    for slug in ("ijsselland", "twente"):
        region = Region.objects.get(slug=slug)
        explorer_services.load_care_system(region=region, document=care_system(), by=system_user())
    yardstick.load_library(by=system_user())
    return next(one.id for one in library(None) if one.key == "waiting-time")


def send(page: Page, button: str, **fields: str) -> None:
    """Fills in the fields by their name, and presses the button."""
    for name, value in fields.items():
        field = page.locator(f'main [name="{name}"]')
        kind = field.first.evaluate("field => field.type")
        if kind == "radio":
            page.locator(f'main [name="{name}"][value="{value}"]').check()
        elif kind == "select-one":
            field.select_option(value)
        else:
            field.fill(value)
    page.get_by_role("button", name=button, exact=True).click()


def work() -> None:
    """Does what waits for a worker."""
    for run in SimulationRun.objects.filter(status="queued"):
        explorer_services.work_on_run(run_id=run.pk)


def step(visitor: Visitor, initiative: str, target: str) -> None:
    page = visitor.go(f"{initiative}fase/{target}/")
    send(page, "Deze stap zetten", reason="Dat is nu zover.")
    expect(page.locator("main h1")).to_be_visible()


def proposed(visitor: Visitor) -> str:
    """From an idea to an initiative that is explored; gives its address."""
    page = visitor.go(f"{HERE}/innovaties/nieuw/")
    send(page, "Dit idee bewaren", title="Korter in ambulante hulp", summary="Eerder afronden.")
    page.wait_for_url("**/innovaties/*/")
    initiative = page.url.removeprefix(visitor.base)
    page = visitor.go(f"{initiative}voorstel/")
    send(
        page, "Opslaan", question="Kan hulp korter?", outcome_criteria="Minder dagen wachten.",
        parties="Twee aanbieders.",
    )  # fmt: skip
    page = visitor.go(f"{initiative}hypothese/")
    send(
        page, "Opslaan", for_whom="Jeugdigen in ambulante hulp", judgement="Aanbieders",
        starts_on="2026-06-01", ramp_months="0", what_0=f"multiply {TARGET}",
        low_0="-30", likely_0="-20", high_0="-10",
    )  # fmt: skip
    page = visitor.go(f"{initiative}ethiek/")
    send(
        page, "Opslaan", questions="Is korter goed voor ieder?", outcome="Ja, met nazorg.",
        reviewers="Cliëntenraad", returns_on="2027-01-05",
    )  # fmt: skip
    step(visitor, initiative, "proposal")
    step(visitor, initiative, "exploring")
    return initiative


def planned(visitor: Visitor, initiative: str, version: int) -> str:
    """A pilot that is planned and registered before its start; gives its address."""
    page = visitor.go(f"{initiative}proef/")
    send(
        page, DRAFT, title="Proef met korter", starts_on=str(STARTS),
        ends_on=str(STARTS + timedelta(days=364)), lot="persons", design="survival",
        tuning_size="400", analysis="Wachttijden naast elkaar.", stop_rule="Bij schade.",
        name_0="Met", side_0="with", name_1="Zonder", side_1="beside", version_0=str(version),
        relevant_0="5", low_0="-40", likely_0="-30", high_0="-20",
    )  # fmt: skip
    page.wait_for_url("**/proeven/*/")
    pilot = page.url.removeprefix(visitor.base)
    page = visitor.go(f"{pilot}vastleggen/")
    page.locator("main form").get_by_role("button").click()
    page.wait_for_url(f"**{pilot}")
    return pilot


def put_on_record(visitor: Visitor, pilot: str, outcome: int) -> None:
    page = visitor.go(f"{pilot}voorspelling/")
    page.get_by_role("button", name="Het model vragen", exact=True).click()
    page.wait_for_url("**/verkennen/**")
    work()
    page = visitor.go(f"{pilot}voorspelling/")
    send(page, "De voorspellingen vastleggen", **{f"outcome_{outcome}": "waiting_time|ambulant"})
    expect(page.get_by_text("Het model verwachtte").first).to_be_visible()


def outcome_of(pilot: str) -> int:
    return Pilot.objects.get(pk=int(pilot.strip("/").rpartition("/")[2])).outcomes.get().pk


def test_what_works_goes_round(
    visit: Visit, models: int, clock: Clock, faults_of_access: AccessCheck
) -> None:
    clock(REGISTERED)
    visitor = visit()
    visitor.log_in()
    initiative = proposed(visitor)
    pilot = planned(visitor, initiative, models)
    outcome = outcome_of(pilot)
    put_on_record(visitor, pilot, outcome)
    step(visitor, initiative, "pilot")

    clock(AFTER)
    visitor.log_in()
    page = visitor.go(f"{pilot}metingen/{outcome}/tabel/")
    send(page, "Aanleveren", pasted=waiting(600, ratio=2.0, seed=1).decode())
    page.wait_for_url("**/metingen/**uitkomst**")
    page = visitor.go(f"{pilot}uitkomst/")
    expect(page.get_by_text("dit is hard bewijs").first).to_be_visible()
    page = visitor.go(f"{pilot}voorspelling/")
    expect(page.get_by_text("ligt binnen de verwachting van de voorstellers").first).to_be_visible()
    assert faults_of_access(page) == []

    page = visitor.go(f"{initiative}besluiten/")
    assert faults_of_access(page) == []
    send(page, "Het besluit vastleggen", kind="scale", reason="Het werkt.", decided_by="Stuurgroep")
    expect(page.get_by_text("Het besluit is vastgelegd")).to_be_visible()
    page.get_by_role("button", name="De gemeten groottes in het model opnemen").click()
    expect(page.get_by_text("1 gemeten grootte")).to_be_visible()
    page = visitor.go(initiative)
    page.get_by_role("button", name="Publiceren").click()

    page = visitor.go(f"{THERE}/verspreiden/")
    assert faults_of_access(page) == []
    page.get_by_role("link", name="Overnemen").click()
    send(page, "Overnemen", changes="Ook bij gezinnen met jonge kinderen.")
    page.get_by_role("button", name="Een voorspelling maken voor deze regio").click()
    page.wait_for_url("**/verkennen/**")
    work()
    taken = Initiative.objects.get(pk=int(initiative.strip("/").rpartition("/")[2]))
    page = visitor.go(f"{THERE}/innovaties/{taken.pk}/overnemen/")
    expect(page.get_by_role("link", name="Bekijk de voorspelling")).to_be_visible()

    second_result(taken, models, clock)
    page = visitor.go(f"{HERE}/verspreiden/")
    expect(page.get_by_text("over 2 regio").first).to_be_visible()
    page = visitor.go(f"{HERE}/voorspellingen/")
    expect(page.get_by_text("van 1 uitkomsten").first).to_be_visible()
    assert visitor.complaints == []


def second_result(origin: Initiative, version: int, clock: Clock) -> None:
    """The other region tries it too and publishes; its pages are those that were just walked."""
    region, by = Region.objects.get(slug="twente"), User.objects.get(email=EMAIL)
    adopted = adopted_here(origin.pk, region)
    assert adopted is not None
    pilot = registered(adopted, region, by, version=version, starts=NEXT)
    forecast(pilot, by, day=NEXT - timedelta(days=20))
    measured(pilot, by, ratio=1.8, seed=2, starts=NEXT)
    initiatives.publish(initiative_id=adopted, by=by)


def test_what_does_nothing_is_not_scaled(visit: Visit, models: int, clock: Clock) -> None:
    clock(REGISTERED)
    region, by = Region.objects.get(slug="ijsselland"), User.objects.get(email=EMAIL)
    facts = Facts(title="Meer overleg", summary="Elke week overleg.")
    number = initiatives.start(region=region, facts=facts, by=by)
    pilot = registered(number, region, by, version=models)
    Initiative.objects.filter(pk=number).update(stage="pilot")

    clock(AFTER)
    visitor = visit(scripts=False)
    visitor.log_in()
    outcome = Pilot.objects.get(pk=pilot).outcomes.get().pk
    page = visitor.go(f"{HERE}/proeven/{pilot}/metingen/{outcome}/tabel/")
    send(page, "Aanleveren", pasted=waiting(600, ratio=1.0, seed=1).decode())
    page = visitor.go(f"{HERE}/innovaties/{number}/besluiten/")
    expect(page.get_by_text("Opschalen kan nu niet")).to_be_visible()
    send(page, "Het besluit vastleggen", kind="scale", reason="Het voelt goed.", decided_by="Wij")
    expect(page.get_by_text("Opschalen kan niet:").first).to_be_visible()
    assert Initiative.objects.get(pk=number).stage == "pilot"
    send(page, "Het besluit vastleggen", kind="stop", reason="Overleg alleen helpt niet.")
    expect(page.get_by_text("Het besluit is vastgelegd")).to_be_visible()
    page = visitor.go(f"{THERE}/verspreiden/")
    expect(page.get_by_text("Overleg alleen helpt niet.")).to_have_count(0)

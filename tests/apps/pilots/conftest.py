"""A region with an initiative, indicators, and a pilot that was registered in time."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.explored import explored
from vliegwiel.apps.initiatives import Facts
from vliegwiel.apps.initiatives import services as initiatives
from vliegwiel.apps.pilots import GroupFacts, OutcomeFacts, PlanFacts, services
from vliegwiel.apps.pilots.models import Pilot
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import Role
from vliegwiel.apps.regions.services import make_user
from vliegwiel.apps.yardstick import IndicatorFacts
from vliegwiel.apps.yardstick.models import IndicatorVersion
from vliegwiel.apps.yardstick.services import define

#: Day of registration in these tests; they look back from later.
TODAY = date(2026, 1, 5)


@pytest.fixture
def region(db: None) -> Region:
    return Region.objects.create(code="JZ07", slug="ijsselland", name="IJsselland")


def person(region: Region, email: str, role: Role) -> User:
    return make_user(email=email, name=email, password="x" * 12, roles=[(region, role)])


@pytest.fixture
def manager(region: Region) -> User:
    return person(region, "manager@example.nl", Role.PROGRAMME_MANAGER)


@pytest.fixture
def lead(region: Region) -> User:
    return person(region, "lead@example.nl", Role.PROJECT_LEAD)


@pytest.fixture
def reader(region: Region) -> User:
    return person(region, "reader@example.nl", Role.READER)


@pytest.fixture
def mark(region: Region, manager: User) -> IndicatorVersion:
    """An outcome from 1 to 10."""
    facts = IndicatorFacts(
        name="Tevredenheid",
        definition="Cijfer van jongeren.",
        kind="mean",
        unit="cijfer",
        better="higher",
        level="youth",
        numerator="som van cijfers",
        denominator="jongeren",
        lowest=1,
        highest=10,
    )
    return define(region=region, facts=facts, by=manager)


@pytest.fixture
def initiative(region: Region, lead: User) -> int:
    facts = Facts(title="Behandeling thuis", summary="Jongeren krijgen behandeling thuis.")
    return explored(initiatives.start(region=region, facts=facts, by=lead))


@pytest.fixture
def facts(mark: IndicatorVersion) -> PlanFacts:
    return PlanFacts(
        title="Proef in Zwolle",
        starts_on=TODAY + timedelta(days=1),
        ends_on=TODAY + timedelta(days=400),
        design="randomised",
        lot="persons",
        tuning_size=200,
        analysis="Verschil in gemiddelde.",
        stop_rule="Stop bij aantoonbare schade.",
        groups=(
            GroupFacts(key="met", name="Met hulp thuis", treated=True),
            GroupFacts(key="zonder", name="Gewone hulp", treated=False),
        ),
        outcomes=(OutcomeFacts(version=mark.pk, smallest_relevant=0.5),),
    )


@pytest.fixture
def pilot(
    initiative: int, facts: PlanFacts, manager: User, monkeypatch: pytest.MonkeyPatch
) -> Pilot:
    """A registered pilot; the clock stood on its day of registration only for that."""
    made = services.draft(initiative_id=initiative, facts=facts, by=manager)
    real = timezone.now
    with monkeypatch.context() as clock:
        past = real().replace(year=TODAY.year, month=TODAY.month, day=TODAY.day, hour=12)
        clock.setattr(timezone, "now", lambda: past)
        services.register(pilot_id=made.pk, by=manager)
    return Pilot.objects.get(pk=made.pk)

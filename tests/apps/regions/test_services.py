"""The division into regions, and roles from an organisation's groups."""

from datetime import date

import pytest

from vliegwiel.apps.regions import queries, services
from vliegwiel.apps.regions.models import Membership, MunicipalityMembership, Region
from vliegwiel.apps.regions.rights import Role
from vliegwiel.apps.regions.services import RegionFacts

pytestmark = pytest.mark.django_db

FACTS = [
    RegionFacts("JZ10", "IJsselland", [("0150", "Deventer"), ("0193", "Zwolle")], date(2025, 1, 1)),
    RegionFacts("JZ14", "Twente", [("0153", "Enschede")], date(2025, 1, 1)),
]


def test_loading_twice_changes_nothing() -> None:
    by = services.system_user()
    assert services.load_regions(regions=FACTS, by=by) > 0
    assert services.load_regions(regions=FACTS, by=by) == 0


def test_a_municipality_that_moves_keeps_its_past() -> None:
    by = services.system_user()
    services.load_regions(regions=FACTS, by=by)
    moved = [RegionFacts("JZ14", "Twente", [("0150", "Deventer")], date(2026, 1, 1))]
    services.load_regions(regions=moved, by=by)
    past = MunicipalityMembership.objects.get(municipality__code="0150", end__isnull=False)
    assert (past.region.code, past.end) == ("JZ10", date(2026, 1, 1))
    twente = queries.region_by_code("JZ14")
    assert twente is not None
    assert [m.name for m in queries.municipalities_of(twente)] == ["Deventer", "Enschede"]


def test_only_the_installation_loads_the_division() -> None:
    user = services.make_user(email="a@b.example", name="", password="x" * 12, roles=[])
    with pytest.raises(PermissionError):
        services.load_regions(regions=FACTS, by=user)


def test_groups_give_and_take_roles_but_not_those_given_here() -> None:
    services.load_regions(regions=FACTS, by=services.system_user())
    region = Region.objects.get(code="JZ10")
    user = services.make_user(
        email="a@b.example", name="", password="x" * 12, roles=[(region, Role.READER)]
    )
    mapping = {"jeugd-analist": ("JZ10", "analyst"), "jeugd-twente": ("JZ14", "reader")}

    services.set_roles_from_groups(user=user, groups=["jeugd-analist", "iets"], mapping=mapping)
    assert set(user.memberships.values_list("role", flat=True)) == {"reader", "analyst"}

    services.set_roles_from_groups(user=user, groups=["jeugd-twente"], mapping=mapping)
    kept = Membership.objects.filter(user=user).values_list("region__code", "role")
    assert set(kept) == {("JZ10", "reader"), ("JZ14", "reader")}

"""Tables of case systems as deliveries: whole or not, once, corrected by a later one, removed."""

from datetime import date

import pytest

from tests.science.casetables import exported
from vliegwiel.apps.intake import DeliveryRefused, NoSuchMapping, queries, services
from vliegwiel.apps.intake.models import KeptMessage, TableMappingVersion
from vliegwiel.apps.regions import NotAllowed
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.science.casetables import Role, TableMapping
from vliegwiel.science.trajectories import derive

from . import messages
from .conftest import Deliver
from .everything import search


@pytest.fixture
def settled(region: Region, analyst: User) -> TableMapping:
    """The municipality of these tests, and a table of a system with numbers of its own."""
    mapping = exported.mapping()
    services.settle_columns(region=region, name="Ons systeem", mapping=mapping, by=analyst)
    return mapping


def table(**changes: str) -> bytes:
    here = {"municipality": messages.MUNICIPALITY}
    return exported.table([exported.row(**{**here, **changes})])


def ends(region: Region) -> list[tuple[date, date | None]]:
    found = derive(queries.records_of(region), known=date(2026, 7, 1))
    return [(chain.begin, chain.end) for chain in found.trajectories]


@pytest.mark.usefixtures("settled")
def test_a_table_is_taken_by_its_columns_and_only_once(region: Region, deliver: Deliver) -> None:
    done = deliver({"maart.csv": table()})
    assert (done.was_new, done.new, done.findings) == (True, 3, ())
    assert ends(region) == [(date(2026, 2, 12), None)]
    assert not deliver({"maart.csv": table()}).was_new
    again = deliver({"april.csv": table() + b"\n"})
    assert (again.new, again.known) == (0, 3)
    assert not search("kind-17")
    assert not search("14-05-2012")


@pytest.mark.usefixtures("settled")
def test_a_later_table_corrects_and_its_removal_takes_that_back(
    region: Region, analyst: User, deliver: Deliver
) -> None:
    deliver({"1.csv": table(end="30-04-2026", reason="31")})
    assert ends(region) == [(date(2026, 2, 12), date(2026, 4, 30))]
    still = deliver({"2.csv": table(start="13-02-2026")})
    assert ends(region) == [(date(2026, 2, 13), None)]
    assert still.findings == ()
    last = deliver({"3.csv": table(end="30-04-2026", reason="31") + b"\n"})
    assert ends(region) == [(date(2026, 2, 12), date(2026, 4, 30))]
    services.delete_delivery(delivery_id=last.delivery_id, region=region, by=analyst)
    assert ends(region) == [(date(2026, 2, 13), None)]
    services.delete_delivery(delivery_id=still.delivery_id, region=region, by=analyst)
    assert ends(region) == [(date(2026, 2, 12), date(2026, 4, 30))]


@pytest.mark.usefixtures("settled")
def test_one_fault_refuses_all_and_every_fault_is_told(deliver: Deliver) -> None:
    wrong = exported.row(municipality=messages.MUNICIPALITY, assigned="morgen", product="XYZ")
    right = exported.row(municipality=messages.MUNICIPALITY)
    with pytest.raises(DeliveryRefused) as refused:
        deliver({"1.csv": exported.table([right, wrong]), **messages.one_of_each()})
    lines = {
        (line.path, line.rule) for line in queries.findings(refused.value.delivery_id, limit=100)
    }
    assert ("line 3, Toewijzingsdatum", "table_no_date") in lines
    assert ("line 3, Voorziening", "table_product_unknown") in lines
    assert not KeptMessage.objects.exists()


def test_a_table_that_nobody_settled_and_a_name_that_nobody_gave(deliver: Deliver) -> None:
    with pytest.raises(DeliveryRefused) as refused:
        deliver({"1.csv": table()})
    [line] = queries.findings(refused.value.delivery_id)
    assert line.rule == "table_unmapped"
    assert line.suggestion
    with pytest.raises(NoSuchMapping):
        deliver({"1.csv": table()}, mapping="nergens")


def test_versions_of_a_mapping(
    region: Region, twente: Region, analyst: User, reader: User, settled: TableMapping
) -> None:
    given = {"region": region, "name": "ons systeem", "by": analyst}
    assert services.settle_columns(mapping=settled, **given).version == 1
    codes = {**settled.codes, Role.PRODUCT: {"AMB": "45", "DAG": "41"}}
    second = services.settle_columns(mapping=exported.mapping(codes=codes), **given)
    assert (second.name, second.version) == ("Ons systeem", 2)
    found = queries.mapping_for(region, tuple(reversed(exported.HEADINGS)))
    assert found is not None
    assert found[0] == second
    assert queries.mapping_for(twente, exported.HEADINGS) is None
    assert [row.version for row in queries.table_mappings(region)] == [2]
    with pytest.raises(NotAllowed):
        services.settle_columns(region=region, name="x", mapping=settled, by=reader)
    assert TableMappingVersion.objects.count() == 2

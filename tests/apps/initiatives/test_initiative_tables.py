"""The register as a file: whole or not at all, and what was downloaded changes nothing."""

import csv
import io

import pytest
from django.contrib.auth.models import AnonymousUser

from vliegwiel.apps.initiatives import Facts, InitiativesRefused, queries, services
from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.initiatives.queries import Wanted
from vliegwiel.apps.insights.models import Insight
from vliegwiel.apps.regions import NotAllowed
from vliegwiel.apps.regions.models import Region, User

TABLE = """titel;omschrijving;themas;wie;zorg;inzichten;herkomst
Dagstart;Elke dag kort overleg.;Digitalisering | client_management;;licht;;voorbeeld
Wijkteam;"Zo; en niet anders.";;;;1001|1001;
"""


@pytest.fixture
def insight(region: Region, manager: User) -> Insight:
    return Insight.objects.create(
        region=region, number=1001, title_nl="A", title_en="A", summary_nl="B", summary_en="B"
    )


def load(region: Region, by: User, text: str = TABLE) -> tuple[int, int, int]:
    done = services.load_initiatives(region=region, name="x.csv", content=text.encode(), by=by)
    return done.read, done.added, done.changed


def written(region: Region, by: User) -> str:
    columns = queries.register_columns()
    text = io.StringIO()
    table = csv.DictWriter(text, columns)
    table.writeheader()
    table.writerows(queries.register_rows(by, Wanted(), region=region))
    return text.getvalue()


def test_a_table_is_loaded_and_what_is_downloaded_changes_nothing(
    region: Region, manager: User, insight: Insight
) -> None:
    assert load(region, manager) == (2, 2, 0)
    assert load(region, manager) == (2, 0, 0)
    made = Initiative.objects.get(title_nl="Dagstart")
    assert (made.themes, made.weight) == (["client_management", "digitalisation"], "light")
    assert (made.mark, made.stage, made.steps.count()) == ("example", "idea", 1)
    text = written(region, manager)
    assert load(region, manager, text) == (2, 0, 0)
    assert load(region, manager, text.replace("kort overleg", "lang overleg")) == (2, 0, 1)
    assert made.facts_versions.count() == 2
    now = queries.facts_now(Initiative.objects.get(title_nl="Wijkteam").pk)
    assert now is not None
    assert now.facts == Facts("Wijkteam", "Zo; en niet anders.", insights=(1001,))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("Digitalisering", "Onzin", "word_unknown"),
        ("1001|1001", "1001|7", "insight_unknown"),
        ("Wijkteam", "DAGSTART", "initiative_twice"),
        ("Zo; en", "Bel 06-12345678 en", "leads_to_a_person"),
        ("licht", "soms", "unknown_value"),
        ("Dagstart;", ";", "empty_cell"),
        ("omschrijving;", "uitleg;", "column_unknown"),
    ],
)
def test_one_fault_and_nothing_is_kept(
    region: Region, manager: User, insight: Insight, old: str, new: str, code: str
) -> None:
    with pytest.raises(InitiativesRefused) as refused:
        load(region, manager, TABLE.replace(old, new))
    assert code in {found.code for found in refused.value.findings}
    assert all(found.message and found.suggestion for found in refused.value.findings)
    assert not Initiative.objects.exists()


def test_who_may_load_and_who_may_see(region: Region, manager: User, provider: User) -> None:
    with pytest.raises(NotAllowed):
        load(region, provider, "title,summary\nA,B\n")
    load(region, manager, "title,summary\nA,B\n")
    assert not list(queries.register_rows(AnonymousUser(), Wanted()))
    services.publish(initiative_id=Initiative.objects.get().pk, by=manager)
    (row,) = queries.register_rows(AnonymousUser(), Wanted())
    assert (row["title"], row["region"], row["published"]) == ("A", "JZ07", "yes")

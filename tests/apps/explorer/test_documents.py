"""Care systems and scenarios: nothing is overwritten, nothing faulty gets in."""

import pytest

from tests.science.caresystem import samples
from vliegwiel.apps.explorer import DocumentRefused, NameTaken, edits, queries, services
from vliegwiel.apps.explorer.models import CareSystemVersion, ScenarioVersion
from vliegwiel.apps.explorer.sizes import Size
from vliegwiel.apps.regions import NotAllowed
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.science.caresystem import Text, write_document

pytestmark = pytest.mark.django_db


def changed(version: ScenarioVersion, title: str = "Eigen", **size: float) -> str:
    """The document of `version` with another first size and name."""
    scenario = queries.scenario(version)
    now = edits.change_of(scenario)
    first = Size(size["value"], size["low"], size["high"])
    wanted = edits.Change(Text(nl=title, en=title), (first, *now.sizes[1:]), now.rollout)
    return write_document(edits.apply(scenario, wanted))


def test_the_same_care_system_twice_is_one_version(
    region: Region, care_system: CareSystemVersion, analyst: User
) -> None:
    document = samples.as_text(samples.care_system())
    assert services.load_care_system(region=region, document=document, by=analyst) == care_system


def test_another_care_system_is_another_version(
    region: Region, care_system: CareSystemVersion, analyst: User
) -> None:
    document = {**samples.care_system(), "version": "2024-2"}
    newer = services.load_care_system(region=region, document=samples.as_text(document), by=analyst)
    assert queries.newest_care_system(region) == newer
    care_system.refresh_from_db()
    assert queries.care_system(care_system).version == "2024-1"


def test_a_faulty_care_system_leaves_nothing_and_tells_all(region: Region, analyst: User) -> None:
    document = samples.care_system()
    document["norm_days"]["value"] = -1.0
    document["municipalities"][0]["share"]["value"] = 0.9
    with pytest.raises(DocumentRefused) as refused:
        services.load_care_system(region=region, document=samples.as_text(document), by=analyst)
    assert {fault.code for fault in refused.value.faults} == {"not_positive", "shares_sum"}
    assert not CareSystemVersion.objects.exists()


def test_only_who_has_the_right_loads_and_saves(
    region: Region, scenario: ScenarioVersion, lead: User, reader: User
) -> None:
    with pytest.raises(NotAllowed):
        services.load_care_system(region=region, document="{}", by=lead)
    with pytest.raises(NotAllowed):
        services.save_scenario(source=scenario, document=scenario.document, by=reader)
    with pytest.raises(NotAllowed):
        services.start_run(scenario=scenario, months=12, replications=20, seed=1, by=reader)


def test_a_shipped_scenario_is_copied_and_ones_own_gets_the_next_number(
    scenario: ScenarioVersion, lead: User
) -> None:
    mine = services.save_scenario(
        source=scenario, document=changed(scenario, value=0.5, low=0.4, high=0.6), by=lead
    )
    assert (mine.identifier, mine.number, mine.shipped) == ("eigen", 1, False)
    assert mine.copied_from == scenario
    again = services.save_scenario(
        source=mine, document=changed(mine, value=0.7, low=0.6, high=0.8), by=lead
    )
    assert (again.identifier, again.number) == ("eigen", 2)
    assert queries.versions_of(again) == [again, mine]
    mine.refresh_from_db()
    assert queries.scenario(mine).interventions[0].size.value == 0.5


def test_two_copies_of_a_shipped_scenario_keep_apart(scenario: ScenarioVersion, lead: User) -> None:
    first = services.save_scenario(
        source=scenario, document=changed(scenario, value=0.5, low=0.4, high=0.6), by=lead
    )
    second = services.save_scenario(
        source=scenario, document=changed(scenario, "Eigen!", value=0.7, low=0.6, high=0.8), by=lead
    )
    assert (first.identifier, second.identifier) == ("eigen", "eigen-2")
    assert queries.originals_of([first, second]) == {first.pk: scenario, second.pk: scenario}


@pytest.mark.parametrize("title", ["Eindige trajecten", "finite  TRAJECTORIES", "eigen"])
def test_every_name_is_there_once_in_a_region(
    scenario: ScenarioVersion, lead: User, title: str
) -> None:
    size = {"value": 0.5, "low": 0.4, "high": 0.6}
    services.save_scenario(source=scenario, document=changed(scenario, **size), by=lead)
    document = changed(scenario, title, **size)
    with pytest.raises(NameTaken):
        services.save_scenario(source=scenario, document=document, by=lead)
    assert ScenarioVersion.objects.count() == 2


def test_a_long_list_is_read_a_part_at_a_time(
    region: Region, scenario: ScenarioVersion, lead: User
) -> None:
    saved = [
        services.save_scenario(
            source=scenario,
            document=changed(scenario, f"Eigen {n}", value=0.5, low=0.4, high=0.6),
            by=lead,
        )
        for n in range(3)
    ]
    shipped, own = queries.scenario_numbers(region)
    assert shipped == [scenario.pk]
    assert own == [version.pk for version in reversed(saved)]
    assert [item.version for item in queries.summaries(region, own[1:])] == [saved[1], saved[0]]


def test_saving_without_a_change_keeps_the_version(scenario: ScenarioVersion, lead: User) -> None:
    assert services.save_scenario(source=scenario, document=scenario.document, by=lead) == scenario


def test_what_is_saved_stands_on_the_newest_care_system(
    region: Region, scenario: ScenarioVersion, analyst: User, lead: User
) -> None:
    document = {**samples.care_system(), "version": "2024-2"}
    newer = services.load_care_system(region=region, document=samples.as_text(document), by=analyst)
    document_now = changed(scenario, value=0.6, low=0.4, high=0.9)
    saved = services.save_scenario(source=scenario, document=document_now, by=lead)
    assert saved.care_system == newer
    (summary,) = [s for s in queries.scenarios_of(region) if s.version == saved]
    assert summary.on_newest_care_system


def test_a_scenario_that_the_care_system_cannot_bear_is_refused(
    scenario: ScenarioVersion, lead: User
) -> None:
    document = changed(scenario, value=9.0, low=8.0, high=10.0)
    with pytest.raises(DocumentRefused) as refused:
        services.save_scenario(source=scenario, document=document, by=lead)
    assert [fault.code for fault in refused.value.faults] == ["result_impossible"]
    assert ScenarioVersion.objects.count() == 1

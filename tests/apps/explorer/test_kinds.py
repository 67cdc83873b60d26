"""Every number that a scenario can change has a kind, a subject and a unit in both languages."""

from datetime import date

import pytest
from django.utils.translation import gettext, override

from tests.science.caresystem import full_sample, samples, test_new_care_types
from vliegwiel.apps.explorer import changes, kinds
from vliegwiel.apps.explorer.sizes import scale_of
from vliegwiel.science.caresystem import (
    CareSystem,
    Entry,
    Intervention,
    extended,
    read_care_system,
    read_scenario,
    targets,
)

SYSTEM = read_care_system(samples.as_text(full_sample.care_system()))
CHANGEABLE = [entry for entry in targets(SYSTEM).values() if entry.changeable]
FLOWS = ("destinations", "next", "next_without_success", "leave_to")


def change(target: str, operation: str, unit: str, to: str | None = None) -> Intervention:
    return Intervention.model_validate(
        {
            "target": target,
            "operation": operation,
            "size": samples.printed(0.5, unit),
            "to": to,
            "stages": [{"from": date(2025, 1, 1), "municipalities": "all"}],
        }
    )


def both(item: Intervention, system: CareSystem) -> tuple[str, str]:
    found = []
    for language in ("nl", "en"):
        with override(language):
            found.append(changes.what(item, system))
    return found[0], found[1]


@pytest.mark.parametrize("entry", CHANGEABLE, ids=lambda entry: entry.address)
def test_every_changeable_number_has_a_kind_and_words(entry: Entry) -> None:
    item = change(entry.address, "multiply", "ratio")
    labels = []
    for language in ("nl", "en"):
        with override(language):
            assert kinds.kind_of(item).label != gettext("Other changes")
            labels.append(str(kinds.kind_of(item).label))
    assert labels[0] != labels[1]
    dutch, english = both(item, SYSTEM)
    assert dutch != english
    assert "%(" not in dutch + english


def test_no_two_numbers_have_the_same_words() -> None:
    items = [change(entry.address, "multiply", "ratio") for entry in CHANGEABLE]
    assert len({both(item, SYSTEM) for item in items}) == len(items)


@pytest.mark.parametrize(
    "entry",
    [entry for entry in CHANGEABLE if any(part in FLOWS for part in entry.address.split("."))],
    ids=lambda entry: entry.address,
)
def test_every_move_tells_where_it_goes(entry: Entry) -> None:
    goals = {"training": "Training", "base": "basisvoorzieningen"}
    told = []
    for to, words in goals.items():
        dutch, english = both(change(entry.address, "move", "share", to), SYSTEM)
        assert words in dutch
        assert dutch != english
        told.append(dutch)
    assert len({*told, both(change(entry.address, "multiply", "ratio"), SYSTEM)[0]}) == 3


@pytest.mark.parametrize(
    ("target", "to", "dutch"),
    [
        (
            "ambulant.leave_to.residential",
            "base",
            "Wie stopt met wachten op Ambulante hulp: naar de basisvoorzieningen "
            "in plaats van naar Verblijf",
        ),
        (
            "ambulant.leave_to.residential",
            "out",
            "Wie stopt met wachten op Ambulante hulp: zonder hulp verder "
            "in plaats van naar Verblijf",
        ),
        (
            "ambulant.leave_to.out",
            "local",
            "Wie stopt met wachten op Ambulante hulp: naar Lokaal team "
            "in plaats van zonder hulp verder",
        ),
        (
            "ambulant.next_without_success.residential",
            "local",
            "Na Ambulante hulp zonder succes naar Lokaal team in plaats van naar Verblijf",
        ),
        (
            "ambulant.next_without_success.residential",
            "out",
            "Klaar na Ambulante hulp zonder succes in plaats van doorgaan naar Verblijf",
        ),
    ],
)
def test_a_move_on_a_newer_flow(target: str, to: str, dutch: str) -> None:
    assert both(change(f"care_types.{target}", "move", "share", to), SYSTEM)[0] == dutch


@pytest.mark.parametrize(
    ("target", "dutch"),
    [
        ("care_types.training.ceiling", "Budget per jaar bij training"),
        ("care_types.training.places", "Plekken bij training"),
        ("care_types.therapy.providers.north.places", "Plekken bij therapy, North"),
        ("care_types.therapy.providers.east.ceiling", "Budget per jaar bij therapy, East"),
        ("care_types.therapy.providers.north.share", "Deel per aanbieder bij therapy, North"),
        ("ages.leave_at", "Leeftijd waarop de hulp stopt bij jeugdhulp in het algemeen"),
        ("care_types.residential.until_age", "Leeftijd waarop de hulp stopt bij verblijf"),
        ("referrers.gp.priorities.urgent", "Huisarts: deel met voorrang “urgent”"),
    ],
)
def test_a_number_of_a_newer_part(target: str, dutch: str) -> None:
    assert both(change(target, "multiply", "ratio"), SYSTEM)[0] == dutch


@pytest.mark.parametrize("operation", ["set", "add"])
@pytest.mark.parametrize("unit", sorted({entry.unit for entry in CHANGEABLE}))
def test_every_changeable_unit_has_words(unit: str, operation: str) -> None:
    entry = next(found for found in CHANGEABLE if found.unit == unit)
    scale = scale_of(change(entry.address, operation, unit))
    assert scale.count is not None or scale.unit == "%"
    words = []
    for language in ("nl", "en"):
        with override(language):
            words.append((scale.words(2.0), scale.count(2.0) if scale.count else "%"))
    (dutch, counted), (english, counted_in_english) = words
    assert counted in dutch
    assert counted_in_english in english
    assert scale.unit == "%" or counted != counted_in_english


@pytest.mark.parametrize(
    ("target", "operation", "unit", "value", "dutch", "english"),
    [
        ("ages.leave_at", "add", "years", 1.0, "1 jaar hoger", "1 year higher"),
        ("ages.leave_at", "set", "years", 21.0, "wordt 21 jaar", "becomes 21 years"),
        (
            "care_types.ambulant.stay.cv", "set", "ratio", 0.85,
            "wordt 0,85 keer het gemiddelde", "becomes 0.85 times the mean",
        ),
    ],
)  # fmt: skip
def test_a_size_in_a_newer_unit(
    target: str, operation: str, unit: str, value: float, dutch: str, english: str
) -> None:
    item = change(target, operation, unit)
    item = item.model_copy(update={"size": item.size.model_copy(update={"value": value})})
    for language, words in (("nl", dutch), ("en", english)):
        with override(language):
            assert changes.how_much(item) == words


def test_a_new_care_type_is_called_by_its_name() -> None:
    base = read_care_system(samples.as_text(samples.care_system()))
    document = test_new_care_types.scenario()
    document["interventions"].append(
        {
            "target": "care_types.hub.places",
            "operation": "add",
            "size": samples.printed(5.0, "places"),
            "stages": [{"from": "2025-06-01", "municipalities": "all"}],
        }
    )
    scenario = read_scenario(samples.as_text(document), base)
    system = extended(base, scenario)
    with override("nl"):
        assert [changes.what(item, system) for item in scenario.interventions] == [
            "Huisarts: naar Hub in plaats van naar Ambulante hulp",
            "Plekken bij hub",
        ]
        other = read_scenario(samples.as_text(samples.scenario()), base)
        told = changes.differences(scenario, other, old_system=system, system=base)
        assert "zonder: plekken bij hub" in told
        assert "zonder: huisarts: naar Hub in plaats van naar Ambulante hulp" in told

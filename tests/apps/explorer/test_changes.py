"""A scenario in words: sizes, groups, and what differs between two."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.utils.translation import override

from tests.science.caresystem import samples
from vliegwiel.apps.explorer import changes, edits, naming
from vliegwiel.apps.explorer.sizes import Scale, Size, scale_of
from vliegwiel.science.caresystem import (
    CareSystem,
    Scenario,
    Text,
    read_care_system,
    read_scenario,
)


@pytest.fixture(scope="module")
def system() -> CareSystem:
    return read_care_system(samples.as_text(samples.care_system()))


def scenario_of(system: CareSystem, *interventions: dict[str, Any]) -> Scenario:
    document = samples.scenario()
    if interventions:
        stages = [{"from": "2025-01-01", "municipalities": "all"}]
        document["interventions"] = [{"stages": stages, **item} for item in interventions]
    return read_scenario(samples.as_text(document), system)


def change(target: str, operation: str, size: dict[str, Any], **more: str) -> dict[str, Any]:
    return {"target": target, "operation": operation, "size": size, **more}


@pytest.mark.parametrize(
    ("item", "what", "how_much", "how_sure"),
    [
        (
            change(
                "care_types.ambulant.stay.mean", "multiply", samples.assumed(0.8, "ratio", 0.7, 1.0)
            ),
            "Duur van de hulp bij ambulante hulp",
            "20% korter",
            "onzeker: 0 tot 30% korter",
        ),
        (
            change(
                "care_types.ambulant.stay.mean",
                "multiply",
                samples.assumed(1.03, "ratio", 0.97, 1.1),
            ),
            "Duur van de hulp bij ambulante hulp",
            "3% langer",
            "onzeker: 3% korter tot 10% langer",
        ),
        (
            change(
                "care_types.ambulant.places", "add", samples.assumed(-1.0, "places", -12.5, 0.0)
            ),
            "Plekken bij ambulante hulp",
            "1 plek minder",
            "onzeker: 0 tot 12,5 plekken minder",
        ),
        (
            change(
                "care_types.ambulant.stay.mean", "set", samples.assumed(100.0, "days", 90.0, 120.0)
            ),
            "Duur van de hulp bij ambulante hulp",
            "wordt 100 dagen",
            "onzeker: 90 tot 120 dagen",
        ),
        (
            change(
                "care_types.ambulant.next.local",
                "move",
                samples.assumed(0.3, "share", 0.1, 0.5),
                to="out",
            ),
            "Klaar na Ambulante hulp in plaats van doorgaan naar Lokaal team",
            "30% van deze jeugdigen",
            "onzeker: 10 tot 50%",
        ),
        (
            change(
                "care_types.ambulant.next.local", "add", samples.assumed(0.03, "share", 0.0, 0.06)
            ),
            "Kans om van Ambulante hulp door te gaan naar Lokaal team",
            "3 procentpunt groter",
            "onzeker: 0 tot 6 procentpunt groter",
        ),
        (
            change("referrers.gp.rate", "multiply", samples.printed(1.02, "ratio")),
            "Aantal verwijzingen door huisarts",
            "2% meer",
            "zonder marge",
        ),
        (
            change(
                "reentry.destinations.ambulant",
                "move",
                samples.assumed(0.2, "share", 0.0, 0.5),
                to="residential",
            ),
            "Wie terugkomt: naar Verblijf in plaats van naar Ambulante hulp",
            "20% van deze jeugdigen",
            "onzeker: 0 tot 50%",
        ),
        (
            change("reentry.probability", "multiply", samples.assumed(1.06, "ratio", 1.0, 1.15)),
            "Kans dat een jeugdige terugkomt",
            "6% groter",
            "onzeker: 0 tot 15% groter",
        ),
        (
            change(
                "care_types.ambulant.cost_per_day",
                "multiply",
                samples.assumed(1.0, "ratio", 0.92, 1.08),
            ),
            "Kosten per dag bij ambulante hulp",
            "0% hoger",
            "onzeker: 8% lager tot 8% hoger",
        ),
    ],
)
def test_a_change_in_words(
    system: CareSystem, item: dict[str, Any], what: str, how_much: str, how_sure: str
) -> None:
    (found,) = scenario_of(system, item).interventions
    with override("nl"):
        assert changes.what(found, system) == what
        assert changes.how_much(found) == how_much
        assert changes.how_sure(found) == how_sure


def test_changes_of_a_kind_stand_together(system: CareSystem) -> None:
    sizes = samples.assumed(0.9, "ratio", 0.8, 1.0)
    targets = ("ambulant.stay.mean", "ambulant.places", "local.stay.mean")
    items = [change(f"care_types.{target}", "multiply", sizes) for target in targets]
    with override("nl"):
        found = changes.groups(scenario_of(system, *items))
        assert [(group.label, group.places) for group in found] == [
            ("Duur van de hulp", (0, 2)),
            ("Plekken", (1,)),
        ]


def changed(scenario: Scenario, **parts: Any) -> Scenario:
    now = edits.change_of(scenario)
    sizes = (parts.get("size", now.sizes[0]), now.sizes[1])
    return edits.apply(scenario, edits.Change(now.title, sizes, parts.get("rollout", now.rollout)))


def otherwise(old: Scenario, new: Scenario, system: CareSystem) -> Sequence[str]:
    return changes.differences(old, new, old_system=system, system=system)


def test_where_and_when_is_told_for_each_change_where_one_is_first_and_another_everywhere(
    system: CareSystem,
) -> None:
    with override("nl"):
        assert changes.rollout(scenario_of(system), system) == (
            "Kans op verlenging bij ambulante hulp: eerst in Zwolle vanaf januari 2025 (na 6 "
            "maanden helemaal); overal vanaf januari 2026 (na 3 maanden helemaal). Huisarts: naar "
            "de basisvoorzieningen in plaats van naar Ambulante hulp: overal vanaf januari 2025."
        )


def test_a_share_of_the_youths_is_told(system: CareSystem) -> None:
    old = scenario_of(system)
    rollout = replace(edits.rollout_of(old), first_share=0.3, everywhere_share=0.125)
    some = changed(old, rollout=rollout)
    with override("nl"):
        assert changes.rollout(some, system).startswith(
            "Kans op verlenging bij ambulante hulp: eerst in Zwolle vanaf januari 2025 voor 30% "
            "van de jeugdigen (na 6 maanden helemaal); overal vanaf januari 2026 voor 12,5% van de "
            "jeugdigen (na 3 maanden helemaal)."
        )
        assert otherwise(old, some, system) == [
            "eerst in Zwolle vanaf januari 2025 voor 30% van de jeugdigen (na 6 maanden helemaal)",
            "overal vanaf januari 2025 voor 12,5% van de jeugdigen",
        ]
    with override("en"):
        assert "from January 2025 for 30% of the youths (fully" in changes.rollout(some, system)


def test_what_differs_from_another_scenario(system: CareSystem) -> None:
    old = scenario_of(system)
    rollout = edits.Rollout(("0150", "0166"), date(2025, 4, 1), 6, date(2025, 4, 1), 0)
    with override("nl"):
        assert otherwise(old, old, system) == []
        assert otherwise(old, changed(old, size=Size(0.5, 0.4, 0.9)), system) == [
            "kans op verlenging bij ambulante hulp: 50% kleiner (was 40% kleiner)"
        ]
        assert otherwise(old, changed(old, size=Size(0.6, 0.5, 0.9)), system) == [
            "kans op verlenging bij ambulante hulp: andere marge (onzeker: 10 tot 50% kleiner)"
        ]
        assert otherwise(old, changed(old, rollout=rollout), system) == [
            "eerst in Deventer en Kampen vanaf april 2025 (na 6 maanden helemaal)",
            "overal vanaf april 2025",
        ]
        nowhere = edits.Rollout((), None, 0, date(2025, 1, 1), 0)
        assert otherwise(old, changed(old, rollout=nowhere), system) == ["nergens eerst"]
        less = old.model_copy(update={"interventions": old.interventions[:1]})
        without, *_rest = otherwise(old, less, system)
        assert without.startswith("zonder: huisarts: naar de basisvoorzieningen")
        new, *_rest = otherwise(less, old, system)
        assert new.startswith("nieuw: huisarts")
        assert new.endswith("10% van deze jeugdigen")


def test_a_range_follows_its_number_and_stays_possible(system: CareSystem) -> None:
    scale: Scale = scale_of(scenario_of(system).interventions[0])
    old = Size(-25, -40, -5)
    assert scale.follow(old, -10) == Size(-10, -16, -2)
    assert scale.follow(old, 50) == Size(50, 10, 80)
    assert scale.follow(old, -90) == Size(-90, -100, -18)
    # Around nothing there is no proportion.
    assert scale.follow(Size(0, -8, 8), 3) == Size(3, -5, 11)
    assert scale.ends(old) == (-5, -40)
    assert scale.ends(Size(3, -3, 10)) == (-3, 10)


def test_a_name_is_found_whatever_its_capitals_and_spaces() -> None:
    names = naming.Names.of(
        [Text(nl="Eindig", en="Finite"), Text(nl="Eindig, eigen versie 1", en="x")]
    )
    assert names.has(Text(nl=" eindig ", en="something else"))
    assert not names.has(Text(nl="Oneindig", en="Endless"))
    assert names.suggested(Text(nl="Eindig", en="Finite")) == Text(
        nl="Eindig, eigen versie 2", en="Finite, own version 2"
    )
    long = names.suggested(Text(nl="e" * 200, en="f" * 200))
    assert len(long.nl) == len(long.en) == naming.LONGEST
    assert long.nl.endswith(", eigen versie 1")

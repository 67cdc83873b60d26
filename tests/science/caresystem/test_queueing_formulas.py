"""Formulas for queues: printed tables, and the same from first principles."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.agreement import queueing as principles
from tests.science.evidence.reference_cases import reference_case
from vliegwiel.science.caresystem import (
    UnstableQueue,
    erlang_a,
    erlang_b,
    erlang_c,
    many_servers,
    one_server,
    places_for_loss,
    places_for_wait,
    queue_network,
)


def test_standard_models_as_published() -> None:
    case = reference_case("queue-basics")
    settings = {
        row["setting"]: many_servers(row["arrivals"], 1 / row["service_rate"], int(row["servers"]))
        for row in case.table()
    }
    nodes = case.table("network.csv")
    network = queue_network(
        nodes["external_arrivals"],
        1 / nodes["service_rate"],
        [int(servers) for servers in nodes["servers"]],
        np.stack([nodes["to_a"], nodes["to_b"]], axis=1),
    )
    variations = {"scv 0": 0, "scv 0.5": 0.5, "scv 1": 1, "scv 2": 2}
    assert not case.far(
        {
            "settings": {
                name: {
                    "erlang_b": found.lost,
                    "erlang_c": found.waits,
                    "mean_wait": found.mean_wait,
                    "mean_queue": found.mean_queue,
                    "mean_present": found.mean_present,
                    "mean_time": found.mean_time,
                    "utilisation": found.utilisation,
                }
                for name, found in settings.items()
            },
            "erlang_b_tables": {"c=10 a=10": erlang_b(10, 10), "c=20 a=15": erlang_b(20, 15)},
            "smallest_c_blocking_1_percent_load_10": places_for_loss(10, 0.01),
            "smallest_c_erlang_c_20_percent_load_8": places_for_wait(8, 0.2),
            "pollaczek_khinchine_mean_wait": {
                name: one_server(0.8, 1.0, value) for name, value in variations.items()
            },
            "network": {
                "arrival_rate": dict(zip("ab", network.arrivals, strict=True)),
                "utilisation": _by_node(network, "utilisation"),
                "mean_wait": _by_node(network, "mean_wait"),
                "mean_present": _by_node(network, "mean_present"),
                "mean_present_total": network.mean_present,
                "mean_time_in_network": network.mean_time,
            },
        }
    )
    assert settings["m5"].waits == pytest.approx(case.expected["estimate"])


def _by_node(network: Any, name: str) -> dict[str, float]:
    return {node: getattr(found, name) for node, found in zip("ab", network.nodes, strict=True)}


def test_printed_tables_of_erlang() -> None:
    """B(10, 10) = 0.2146 and B(20, 15) = 0.0456; M/M/1 at load 0.8 waits 4 times its service."""
    assert erlang_b(10, 10) == pytest.approx(0.2146, abs=5e-5)
    assert erlang_b(20, 15) == pytest.approx(0.0456, abs=5e-5)
    assert many_servers(0.8, 1.0, 1).mean_wait == pytest.approx(4.0)
    assert erlang_b(0, 3.0) == 1.0


def test_large_systems_do_not_overflow() -> None:
    found = many_servers(4750.0, 1.0, 5000)
    assert 0 < found.waits < 0.01
    assert found.utilisation == pytest.approx(0.95)


def test_the_least_places_are_the_least() -> None:
    assert (places_for_loss(10, 0.01), places_for_wait(8, 0.2)) == (18, 12)
    assert erlang_b(17, 10) > 0.01 >= erlang_b(18, 10)
    assert erlang_c(11, 8) > 0.2 >= erlang_c(12, 8)


@pytest.mark.parametrize(
    ("arrivals", "places", "patience"), [(9.0, 10, 2.0), (14.0, 10, 3.0), (42.0, 40, 10.0)]
)
def test_an_impatient_queue_as_its_birth_death_chain(
    arrivals: float, places: int, patience: float
) -> None:
    found = erlang_a(arrivals, 1.0, places, patience)
    exact = principles.erlang_a(arrivals, 1.0, places, patience)
    assert found.mean_queue == pytest.approx(exact["waiting"], rel=1e-6)
    assert found.gives_up == pytest.approx(exact["gave_up"], rel=1e-6)


def test_with_endless_patience_nobody_gives_up() -> None:
    patient, plain = erlang_a(8.0, 1.0, 10, 1e7), many_servers(8.0, 1.0, 10)
    assert patient.waits == pytest.approx(plain.waits, rel=1e-4)
    assert patient.gives_up < 1e-6
    none = erlang_a(8.0, 1.0, 10, 1e-6)
    assert none.gives_up == pytest.approx(erlang_b(10, 8.0), rel=1e-3)


@pytest.mark.parametrize(
    "asked",
    [
        lambda: erlang_c(5, 5.0),
        lambda: many_servers(3.0, 2.0, 5),
        lambda: one_server(1.0, 1.0, 0.5),
        lambda: queue_network([1.0, 1.0], [1.0, 1.0], [2, 2], [[0.0, 1.0], [0.0, 0.0]]),
    ],
)
def test_a_queue_that_grows_for_ever_is_refused(asked: Any) -> None:
    with pytest.raises(UnstableQueue, match="grows for ever"):
        asked()


@pytest.mark.parametrize(
    "asked",
    [
        lambda: erlang_b(-1, 1.0),
        lambda: erlang_c(0, 1.0),
        lambda: erlang_b(3, 0.0),
        lambda: erlang_a(1.0, 1.0, 1, 0.0),
        lambda: one_server(0.5, 1.0, -1.0),
        lambda: places_for_loss(3.0, 1.5),
        lambda: queue_network([1.0], [1.0], [2, 2], [[0.0]]),
        lambda: queue_network([0.0], [1.0], [2], [[0.0]]),
        lambda: queue_network([1.0], [1.0], [2], [[1.2]]),
        lambda: queue_network([1.0], [1.0], [2], [[1.0]]),
    ],
)
def test_what_cannot_be_is_refused(asked: Any) -> None:
    with pytest.raises(ValueError, match=r"[a-z]"):
        asked()

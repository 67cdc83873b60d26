"""Print how often the interval of an effect holds the truth, and whether the product warns.

python -m benchmarks.effect_coverage [--tables 1000] [--only NAME]

Tables are made with an effect that is known, by the designs whose intervals rest on few sites or on
months that hang together. An interval for 95 per cent should hold the truth in 95 of 100 tables.
Where it does not, the effect must say so. "Doubted" is how often a check that is about the
interval warned or failed; doubts that every such design has, such as that nothing is compared with,
do not count. "Held undoubted" is the share of the other intervals that hold the truth. "Warns" is
empty where 95 per cent lies within what chance leaves open of the share that holds the truth; NO
where it lies above that for those undoubted; else yes.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from vliegwiel.science.evidence.effects import (
    EffectTable,
    Lot,
    Measure,
    Question,
    Role,
    effect_of,
    table_of,
)
from vliegwiel.science.evidence.judging import Share, share
from vliegwiel.science.kernel import Outcome

#: Checks that are about the interval, not about what it is compared with.
OF_INTERVAL = frozenset(
    {
        *("few_groups", "too_few_groups", "few_wedge_groups", "too_few_wedge_groups"),
        *("little_freedom", "short_series", "gaps_in_series", "autocorrelation"),
        *("counts_together", "memory_unseen", "answers_differ", "few_counted", "few_events"),
    }
)
DOUBTS = frozenset({Outcome.WARNING, Outcome.FAILED})
LEVEL = 0.95
TRUTH = 0.5
RATIO = 0.7
MONTHS = 24


@dataclass(frozen=True)
class Setting:
    """A design and a way to make tables for it."""

    name: str
    design: str
    draw: Callable[[np.random.Generator], EffectTable]
    lot: Lot = Lot.NOTHING
    start: str | None = None
    season: str = "none"
    truth: float = TRUTH


def drawn_sites(sites: int, persons: int) -> Callable[[np.random.Generator], EffectTable]:
    """Half of the sites by lot; persons of one site are alike (intraclass correlation 0.1)."""

    def draw(random: np.random.Generator) -> EffectTable:
        site = np.repeat(np.arange(sites), persons)
        treated = site < sites // 2
        values = random.normal(0, np.sqrt(0.1), sites)[site] + random.normal(
            0, np.sqrt(0.9), len(site)
        )
        return table_of(
            {
                Role.OUTCOME: values + TRUTH * treated,
                Role.CLUSTER: np.array([f"s{one:02d}" for one in site]),
                Role.TREATED: treated.astype(float),
            }
        )

    return draw


def compared_sites(sites: int) -> Callable[[np.random.Generator], EffectTable]:
    """Months before and after of sites, whose months hang together (0.5 from one to the next)."""

    def draw(random: np.random.Generator) -> EffectTable:
        noise = _hanging_together(random, (sites, MONTHS), 0.5)
        lasting, shared = random.normal(0, 1, (sites, 1)), random.normal(0, 0.5, MONTHS)
        month = np.arange(MONTHS)
        treated = np.arange(sites) < sites // 2
        values = noise + lasting + shared + TRUTH * np.outer(treated, month >= MONTHS // 2)
        begun = np.where(treated, MONTHS // 2, -1)
        site = np.repeat(np.arange(sites), MONTHS)
        return table_of(
            {
                Role.OUTCOME: values.ravel(),
                Role.UNIT: np.array([f"s{one:02d}" for one in site]),
                Role.PERIOD: np.tile(month, sites).astype(float),
                Role.START: np.array([str(begun[one]) if begun[one] >= 0 else "" for one in site]),
            }
        )

    return draw


def one_series(months: int, memory: float) -> Callable[[np.random.Generator], EffectTable]:
    """One series with a trend, and a jump half-way."""

    def draw(random: np.random.Generator) -> EffectTable:
        month = np.arange(months)
        values = _hanging_together(random, (1, months), memory)[0] + 0.02 * month
        values += TRUTH * (month >= months // 2)
        return table_of({Role.OUTCOME: values, Role.PERIOD: month.astype(float)})

    return draw


def counted_series(months: int, memory: float) -> Callable[[np.random.Generator], EffectTable]:
    """Some 40 events a month, whose rate hangs together, and a ratio since half-way."""

    def draw(random: np.random.Generator) -> EffectTable:
        month = np.arange(months)
        rate = 0.2 * _hanging_together(random, (1, months), memory)[0] + 0.005 * month
        rate += np.log(RATIO) * (month >= months // 2)
        counts = random.poisson(40 * np.exp(rate)).astype(float)
        return table_of({Role.OUTCOME: counts, Role.PERIOD: month.astype(float)})

    return draw


SETTINGS = (
    *(
        Setting(f"sites by lot, {sites} in all", "clusters", drawn_sites(sites, 30), Lot.CLUSTERS)
        for sites in (4, 8, 16)
    ),
    *(
        Setting(f"sites compared, {sites} in all", "differences", compared_sites(sites))
        for sites in (4, 8, 16)
    ),
    *(
        Setting(
            f"one series of {months} months, memory {memory:g}", "interrupted",
            one_series(months, memory), start=str(months // 2),
        )
        for months, memory in ((24, 0.0), (24, 0.4), (48, 0.0), (48, 0.4), (96, 0.4))
    ),
    *(
        Setting(
            f"counts of {months} months, memory {memory:g}", "interrupted",
            counted_series(months, memory), start=str(months // 2), truth=RATIO,
        )
        for months, memory in ((24, 0.0), (24, 0.4), (48, 0.0), (48, 0.4), (96, 0.4))
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Found:
    """How often the truth was held, the interval doubted, and not given.

    ``undoubted`` is how often the truth was held where nothing doubted the interval; None where
    every interval was doubted.
    """

    held: Share
    undoubted: Share | None
    doubted: float
    without: float
    width: float

    @property
    def warns(self) -> str:
        """Whether intervals that do not hold are doubted; empty where they hold."""
        if self.undoubted is not None and self.undoubted.high < LEVEL:
            return "NO"
        return "yes" if self.held.high < LEVEL else ""


def tested(setting: Setting, tables: int) -> Found:
    """Make tables and look at their intervals."""
    question = Question(
        measure=Measure(outcome="outcome"), design=setting.design, lot=setting.lot,
        start=setting.start, season=setting.season,
    )  # fmt: skip
    held: list[bool] = []
    doubted: list[bool] = []
    widths = []
    for number in range(tables):
        effect = effect_of(setting.draw(np.random.default_rng([7, number])), question)
        if effect.low is None or effect.high is None:
            continue
        held.append(effect.low <= setting.truth <= effect.high)
        doubted.append(
            any(one.code in OF_INTERVAL and one.outcome in DOUBTS for one in effect.checks)
        )
        widths.append(effect.high - effect.low)
    given = len(held)
    alone = [holds for holds, doubt in zip(held, doubted, strict=True) if not doubt]
    return Found(
        held=share(sum(held), max(given, 1)),
        undoubted=share(sum(alone), len(alone)) if alone else None,
        doubted=sum(doubted) / max(given, 1),
        without=1 - given / tables,
        width=float(np.median(widths)) if widths else float("nan"),
    )


def _hanging_together(
    random: np.random.Generator, shape: tuple[int, int], memory: float
) -> np.ndarray:
    """Noise of variance 1 whose months hang together, shape (series, months)."""
    noise = random.normal(0, 1, shape)
    for month in range(1, shape[1]):
        fresh = np.sqrt(1 - memory**2) * noise[:, month]
        noise[:, month] = memory * noise[:, month - 1] + fresh
    return noise


def _told(one: Share | None) -> str:
    if one is None:
        return ""
    return f"{100 * one.value:.1f} ({100 * one.low:.1f}-{100 * one.high:.1f})"


def main() -> None:
    """Print one line for each setting."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--tables", type=int, default=1000)
    parser.add_argument("--only", choices=[one.name for one in SETTINGS], action="append")
    asked = parser.parse_args()
    print(f"{asked.tables} tables each; the interval should hold the truth in 95 per cent")
    print("| table | holds the truth | width | doubted | held undoubted | no interval | warns |")
    print("| --- " * 7 + "|")
    for setting in SETTINGS:
        if asked.only and setting.name not in asked.only:
            continue
        begun = time.perf_counter()
        found = tested(setting, asked.tables)
        cells = (
            *(setting.name, _told(found.held), f"{found.width:.2f}", f"{100 * found.doubted:.0f}"),
            *(_told(found.undoubted), f"{100 * found.without:.0f}", found.warns),
        )
        print(f"| {' | '.join(cells)} | <!-- {time.perf_counter() - begun:.0f} s -->", flush=True)


if __name__ == "__main__":
    main()

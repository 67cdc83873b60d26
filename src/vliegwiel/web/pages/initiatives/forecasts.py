"""The forecasts of an initiative, with what they say."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from vliegwiel.apps.explorer import queries as explorer
from vliegwiel.apps.explorer import sentences
from vliegwiel.apps.initiatives import queries

_MOST = 5


@dataclass(frozen=True, slots=True)
class ForecastLine:
    """`headline` is what a finished forecast says; empty for one that is under way or stopped."""

    run: Any
    version: int
    is_newest_version: bool
    headline: str


def forecasts_of(region: Any, pk: int) -> Sequence[ForecastLine]:
    """The newest forecasts that were asked of this initiative's hypothesis."""
    hypothesis = queries.hypothesis_now(pk)
    if hypothesis is None:
        return []
    found = []
    for version, _scenario, number in hypothesis.forecasts[:_MOST]:
        run = explorer.run(region, number)
        if run is not None:
            done = run.status == "done"
            headline = sentences.headline(explorer.outcome_of(run).forecast) if done else ""
            found.append(ForecastLine(run, version, version == hypothesis.number, headline))
    return found

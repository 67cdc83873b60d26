"""Figures as text that is kept, and back."""

from collections.abc import Sequence

from pydantic import TypeAdapter

from vliegwiel.science.trajectories import AnalystView, MonthlyWait, WaitingOverview

_OVERVIEW = TypeAdapter(WaitingOverview)
_ANALYSIS = TypeAdapter(AnalystView)
_MONTHS = TypeAdapter(tuple[MonthlyWait, ...])


def overview_text(overview: WaitingOverview) -> str:
    """The published set as JSON; equal figures give equal text."""
    return _OVERVIEW.dump_json(overview).decode()


def overview_of(text: str) -> WaitingOverview:
    """The published set that was kept."""
    return _OVERVIEW.validate_json(text)


def analysis_text(view: AnalystView) -> str:
    """What an analyst looks at, as JSON."""
    return _ANALYSIS.dump_json(view).decode()


def analysis_of(text: str) -> AnalystView:
    """What was kept for analysts."""
    return _ANALYSIS.validate_json(text)


def months_text(waits: Sequence[MonthlyWait]) -> str:
    """Waits by municipality and month, as JSON."""
    return _MONTHS.dump_json(tuple(waits)).decode()


def months_of(text: str) -> Sequence[MonthlyWait]:
    """The waits by municipality and month that were kept."""
    return _MONTHS.validate_json(text)

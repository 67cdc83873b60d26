"""Counts as text that is kept, and back."""

from pydantic import TypeAdapter

from vliegwiel.science.trajectories import GapCounts, WaitingStudy

_COUNTS = TypeAdapter(GapCounts)
_STUDY = TypeAdapter(WaitingStudy)


def counts_text(counts: GapCounts) -> str:
    """Counts of gaps as JSON; equal counts give equal text."""
    return _COUNTS.dump_json(counts).decode()


def counts_of(text: str) -> GapCounts:
    """The counts that were kept."""
    return _COUNTS.validate_json(text)


def study_text(study: WaitingStudy) -> str:
    """Who waits, as JSON."""
    return _STUDY.dump_json(study).decode()


def study_of(text: str) -> WaitingStudy:
    """The study that was kept."""
    return _STUDY.validate_json(text)

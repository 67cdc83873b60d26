"""The life of a simulation run.

A forecast is computed in the background. A run is in one state at a time and takes these
steps only.
"""

import pytest

from vliegwiel.apps.explorer.statuses import ACTIVE, FINAL, STEPS, Status


@pytest.mark.parametrize(
    ("state", "may_become"),
    [
        ("queued", "cancelled, failed, running"),
        ("running", "cancelled, done, failed"),
        ("done", ""),
        ("cancelled", "queued"),
        ("failed", "queued"),
    ],
)
def test_steps(state: str, may_become: str) -> None:
    """From each state a run may only go to these."""
    assert ", ".join(sorted(step.value for step in STEPS[Status(state)])) == may_become


def test_an_outcome_is_never_replaced() -> None:
    """A run that is done stays as it is: another outcome is another run."""
    assert STEPS[Status.DONE] == frozenset()


def test_every_state_is_active_or_final() -> None:
    """A run is being worked on, or it has ended; there is nothing in between."""
    assert set(ACTIVE) | set(FINAL) == set(Status.values)
    assert not set(ACTIVE) & set(FINAL)

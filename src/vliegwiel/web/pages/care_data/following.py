"""What follows from care messages, asked for as soon as they have changed."""

from typing import Any

from vliegwiel.apps.continuity import services as continuity
from vliegwiel.apps.trajectories import services as trajectories


def ask_anew(region: Any) -> None:
    """After a delivery that was kept, or a removal: the figures and the search for gaps."""
    trajectories.refresh(region=region)
    continuity.refresh(region=region)

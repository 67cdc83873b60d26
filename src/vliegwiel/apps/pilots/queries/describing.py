"""What of an initiative is written down already, and who said so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from vliegwiel.apps.pilots.models import Description


@dataclass(frozen=True, slots=True)
class Written:
    """Parts of a description, by whom and when; nothing was said yet: no parts, empty and None."""

    parts: Sequence[str]
    by: str
    at: datetime | None


def written_of(initiative_id: int) -> Written:
    """What was said last. One query."""
    found = Description.objects.filter(initiative=initiative_id).select_related("by").first()
    return Written((), "", None) if found is None else Written(found.parts, str(found.by), found.at)

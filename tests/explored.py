"""An initiative as far as a pilot of it can be planned, without the steps that lead there."""

from vliegwiel.apps.initiatives.models import Initiative


def explored(initiative: int) -> int:
    """The region explores what was an idea until now; gives its number back."""
    Initiative.objects.filter(pk=initiative, stage="idea").update(stage="exploring")
    return initiative

"""Words that are stored, with their labels, and which kind of part holds what."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vliegwiel import reference

Body = (
    reference.AgendaAbout
    | reference.AgendaItem
    | reference.AgendaSpearhead
    | reference.AgendaTask
    | reference.AgendaProgramme
    | reference.AgendaElement
)

LONGEST_TITLE = 200
LONGEST_TEXT = 4000
MOST_PARTS = 500


class Kind(TextChoices):
    """What a part of an agenda is."""

    ABOUT = "about", _("About the agenda")
    SPEARHEAD = "spearhead", _("Spearhead")
    ITEM = "item", _("Item on the agenda")
    TASK = "task", _("Shared task")
    PROGRAMME = "programme", _("Other programme")
    ELEMENT = "element", _("Cost-price element")


class Stage(TextChoices):
    """How far an item of the agenda is."""

    IDEA = "idea", _("Idea")
    PLANNED = "planned", _("Planned")
    RUNNING = "running", _("Under way")
    NEARLY_DONE = "nearly_done", _("Nearly done")
    DONE = "done", _("Finished")
    STOPPED = "stopped", _("Stopped")


class Line(TextChoices):
    """The place of an item in the portfolio: what starts soon feeds what takes long."""

    QUICK_START = "quick_start", _("Quick start")
    LONG_LINE = "long_line", _("Long line")
    BASIS = "basis", _("Basis for all projects")


class Level(TextChoices):
    """Where a task is taken on together."""

    LOCAL = "local", _("Local")
    REGIONAL = "regional", _("Regional")
    SUPRAREGIONAL = "supraregional", _("Supra-regional")


class Mark(TextChoices):
    """What must be said of an agenda that is not the region's own work."""

    NONE = "", ""
    EXAMPLE = "example", _("Example data")


#: Kind of part -> the form of what is kept of it.
BODIES: Mapping[str, type[Body]] = {
    Kind.ABOUT: reference.AgendaAbout,
    Kind.SPEARHEAD: reference.AgendaSpearhead,
    Kind.ITEM: reference.AgendaItem,
    Kind.TASK: reference.AgendaTask,
    Kind.PROGRAMME: reference.AgendaProgramme,
    Kind.ELEMENT: reference.AgendaElement,
}
#: Kind of part -> the list of a document in which it stands; `about` stands by itself.
LISTS: Mapping[str, str] = {
    Kind.SPEARHEAD: "spearheads",
    Kind.ITEM: "items",
    Kind.TASK: "tasks",
    Kind.PROGRAMME: "programmes",
    Kind.ELEMENT: "elements",
}
#: Field of a part -> what people call it; in the order in which a page shows them.
FIELD_LABELS: Mapping[str, str | Promise] = {
    "title": _("Title"),
    "intro": _("Introduction"),
    "period": _("Period"),
    "level": _("Level"),
    "content": _("What exactly"),
    "goal": _("Goal"),
    "question": _("Question to answer"),
    "overlap": _("Where the agenda touches it"),
    "reason": _("Reason"),
    "stage": _("How far it is"),
    "line": _("Place in the portfolio"),
    "starts": _("First quarter"),
    "ends": _("Last quarter"),
    "timing": _("When, in words"),
    "needs": _("What comes first"),
    "feeds": _("What goes on with it"),
    "spearheads": _("Spearheads"),
    "programmes": _("Other programmes it touches"),
    "elements": _("Cost-price elements to examine"),
    "examined": _("Elements that were examined"),
    "findings": _("What that showed"),
    "involved": _("Who takes part"),
    "providers_asked": _("Providers that asked for it"),
    "insights": _("Insights behind it"),
    "initiatives": _("Initiatives that belong to it"),
    "partners": _("Partners, and what each brings"),
    "shared_risk": _("Shared risk"),
    "agreements": _("Agreements"),
    "indicators": _("Indicators"),
    "source": _("Source"),
    "place": _("Place in the source"),
}

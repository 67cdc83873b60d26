"""Every read of agendas, in the language of the reader."""

from vliegwiel.apps.agenda.documents import shown
from vliegwiel.apps.agenda.vocabulary import (
    FIELD_LABELS,
    LONGEST_TEXT,
    LONGEST_TITLE,
    Kind,
    Level,
    Line,
    Stage,
)

from .choosing import MOST_INITIATIVES, choices_for
from .comparing import AgendaComparison, FieldChange, PartChange, compare
from .drafts import (
    Draft,
    HistoryLine,
    PartNow,
    body_at,
    count_of_items,
    draft_of,
    field_words,
    part_history,
    part_now,
)
from .examples import Example, example, examples
from .parts import Body, empty_part
from .planning_words import quarter_words
from .reading import (
    AgendaRead,
    ItemLine,
    PartnerLine,
    PlainLine,
    Ref,
    SourceLine,
    TaskLine,
    partners_of,
)
from .versions import (
    Published,
    VersionLine,
    compare_versions,
    items_of_initiative,
    items_of_insight,
    newest_mark,
    newest_published,
    published,
    versions,
)

__all__ = [
    "FIELD_LABELS",
    "LONGEST_TEXT",
    "LONGEST_TITLE",
    "MOST_INITIATIVES",
    "AgendaComparison",
    "AgendaRead",
    "Body",
    "Draft",
    "Example",
    "FieldChange",
    "HistoryLine",
    "ItemLine",
    "Kind",
    "Level",
    "Line",
    "PartChange",
    "PartNow",
    "PartnerLine",
    "PlainLine",
    "Published",
    "Ref",
    "SourceLine",
    "Stage",
    "TaskLine",
    "VersionLine",
    "body_at",
    "choices_for",
    "compare",
    "compare_versions",
    "count_of_items",
    "draft_of",
    "empty_part",
    "example",
    "examples",
    "field_words",
    "items_of_initiative",
    "items_of_insight",
    "newest_mark",
    "newest_published",
    "part_history",
    "part_now",
    "partners_of",
    "published",
    "quarter_words",
    "shown",
    "versions",
]

"""Facts that ship with the product, each with its source. Loaded, never computed here."""

from .agendas import (
    NOTHING,
    AgendaAbout,
    AgendaDocument,
    AgendaElement,
    AgendaItem,
    AgendaPartner,
    AgendaProgramme,
    AgendaSpearhead,
    AgendaTask,
    ShippedAgenda,
    agendas,
    example_agendas,
)
from .care_forms import CategoryForm, category_forms
from .care_systems import care_system_file, care_system_names, scenario_files
from .continuity import ShippedCheckItem, ShippedChecklist, continuity_checklist
from .figures import (
    SeriesBreak,
    national_shares_by_referrer,
    regional_figure_files,
    series_breaks,
)
from .files import ReferenceFile
from .ijw import (
    MessageCode,
    MessageElement,
    MessageKind,
    MunicipalityChange,
    ValueForm,
    message_codes,
    message_elements,
    message_kinds,
    municipality_changes,
    value_forms,
)
from .insights import (
    ShippedChance,
    ShippedConsultation,
    ShippedHeard,
    ShippedInsight,
    ShippedInsights,
    ShippedPriority,
    insights_of,
)
from .instruments import instrument_files, triage_text
from .numbers_of_youths import YouthNumber, youth_numbers
from .regions import (
    MunicipalityPlace,
    MunicipalityRow,
    municipality_places,
    municipality_rows,
    municipality_weights,
    place_rows,
)
from .sources import ShippedSource, sources
from .statline import (
    StatlineKind,
    StatlineTable,
    StatlineWord,
    statline_tables,
    statline_title,
    statline_words,
)
from .texts import BilingualText
from .waiting_times import published_waiting_time_files

__all__ = [
    "NOTHING",
    "AgendaAbout",
    "AgendaDocument",
    "AgendaElement",
    "AgendaItem",
    "AgendaPartner",
    "AgendaProgramme",
    "AgendaSpearhead",
    "AgendaTask",
    "BilingualText",
    "CategoryForm",
    "MessageCode",
    "MessageElement",
    "MessageKind",
    "MunicipalityChange",
    "MunicipalityPlace",
    "MunicipalityRow",
    "ReferenceFile",
    "SeriesBreak",
    "ShippedAgenda",
    "ShippedChance",
    "ShippedCheckItem",
    "ShippedChecklist",
    "ShippedConsultation",
    "ShippedHeard",
    "ShippedInsight",
    "ShippedInsights",
    "ShippedPriority",
    "ShippedSource",
    "StatlineKind",
    "StatlineTable",
    "StatlineWord",
    "ValueForm",
    "YouthNumber",
    "agendas",
    "care_system_file",
    "care_system_names",
    "category_forms",
    "continuity_checklist",
    "example_agendas",
    "insights_of",
    "instrument_files",
    "message_codes",
    "message_elements",
    "message_kinds",
    "municipality_changes",
    "municipality_places",
    "municipality_rows",
    "municipality_weights",
    "national_shares_by_referrer",
    "place_rows",
    "published_waiting_time_files",
    "regional_figure_files",
    "scenario_files",
    "series_breaks",
    "sources",
    "statline_tables",
    "statline_title",
    "statline_words",
    "triage_text",
    "value_forms",
    "youth_numbers",
]

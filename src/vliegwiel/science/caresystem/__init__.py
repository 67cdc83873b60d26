"""The care system of a region: describe it, change it, and see what would happen.

Read a document with :func:`read_care_system` and :func:`read_scenario`; compare them with
:func:`forecast`. For work in pieces, make a :class:`ForecastPlan`, do its replications with
:func:`run_chunk` anywhere and in any order, and bring them together with :func:`summarise`.
"""

from vliegwiel.science.kernel import Check, DocumentError, Fault, Outcome, Result

from .addresses import Entry, entries, targets
from .capacity import Budget, Free, Places, Providers, Step
from .changes import warmed_up, with_values
from .document import document_hash, json_schema, read_care_system, read_scenario, write_document
from .ensemble import Chunk, ForecastPlan, run_chunk
from .faults import FAULT_MESSAGES
from .forecast import FORECAST_SCHEMA, Forecast, ForecastFormatError
from .forecast_rows import (
    AssumptionUsed,
    Compared,
    CostTotal,
    FlowRow,
    Identity,
    Interval,
    MunicipalityCost,
    MunicipalityRow,
    ProviderSeries,
    QueueRow,
    Series,
    Verdict,
    WaterBedRow,
    YearCost,
)
from .life_histories import Ending, Histories, histories
from .measures import ALL, BAND, MEASURES, Band
from .measuring import MEASURED
from .model import (
    CARE_SYSTEM_SCHEMA,
    CareSystem,
    CareType,
    Group,
    Municipality,
    MunicipalityShare,
    NextStep,
    ObservedDays,
    Referrer,
    Stay,
)
from .monthly_counts import MonthlyCounts, count_by_municipality
from .overload import Overload, overloads
from .provenance import Assumption, NumberOrigin, assumptions, quantities
from .quantity import (
    Assumed,
    Derived,
    DerivedInput,
    Fitted,
    Printed,
    Quantity,
    Ranged,
    Text,
    Unit,
)
from .queueing import (
    ImpatientQueue,
    QueueNetwork,
    QueueNumbers,
    UnstableQueue,
    erlang_a,
    erlang_b,
    erlang_c,
    many_servers,
    one_server,
    places_for_loss,
    places_for_wait,
    queue_network,
)
from .recomputing import recomputed
from .replication_tables import ReplicationTable, by_replication
from .scenario import SCENARIO_SCHEMA, Intervention, Scenario, Stage, extended
from .sensitivity import (
    CANDIDATES,
    Sensitivity,
    SensitivityChunk,
    SensitivityPlan,
    SensitivityRow,
    run_sensitivity,
    screen,
    sensitivity,
    summarise_sensitivity,
)
from .sentences import SENTENCES
from .set_aside import kept_chunks
from .stations import is_limited
from .stopping import Precision, forecast, half_width, looks, precision_check
from .summary import summarise
from .verdicts import WaitCode, Way, way_of
from .waiting_today import (
    WaitingChunk,
    WaitingPlan,
    run_waiting,
    summarise_waiting,
    waiting_today,
)
from .yearly import YEAR_MEASURES, YearCounts, count_years

__all__ = [
    "ALL",
    "BAND",
    "CANDIDATES",
    "CARE_SYSTEM_SCHEMA",
    "FAULT_MESSAGES",
    "FORECAST_SCHEMA",
    "MEASURED",
    "MEASURES",
    "SCENARIO_SCHEMA",
    "SENTENCES",
    "YEAR_MEASURES",
    "Assumed",
    "Assumption",
    "AssumptionUsed",
    "Band",
    "Budget",
    "CareSystem",
    "CareType",
    "Check",
    "Chunk",
    "Compared",
    "CostTotal",
    "Derived",
    "DerivedInput",
    "DocumentError",
    "Ending",
    "Entry",
    "Fault",
    "Fitted",
    "FlowRow",
    "Forecast",
    "ForecastFormatError",
    "ForecastPlan",
    "Free",
    "Group",
    "Histories",
    "Identity",
    "ImpatientQueue",
    "Interval",
    "Intervention",
    "MonthlyCounts",
    "Municipality",
    "MunicipalityCost",
    "MunicipalityRow",
    "MunicipalityShare",
    "NextStep",
    "NumberOrigin",
    "ObservedDays",
    "Outcome",
    "Overload",
    "Places",
    "Precision",
    "Printed",
    "ProviderSeries",
    "Providers",
    "Quantity",
    "QueueNetwork",
    "QueueNumbers",
    "QueueRow",
    "Ranged",
    "Referrer",
    "ReplicationTable",
    "Result",
    "Scenario",
    "Sensitivity",
    "SensitivityChunk",
    "SensitivityPlan",
    "SensitivityRow",
    "Series",
    "Stage",
    "Stay",
    "Step",
    "Text",
    "Unit",
    "UnstableQueue",
    "Verdict",
    "WaitCode",
    "WaitingChunk",
    "WaitingPlan",
    "WaterBedRow",
    "Way",
    "YearCost",
    "YearCounts",
    "assumptions",
    "by_replication",
    "count_by_municipality",
    "count_years",
    "document_hash",
    "entries",
    "erlang_a",
    "erlang_b",
    "erlang_c",
    "extended",
    "forecast",
    "half_width",
    "histories",
    "is_limited",
    "json_schema",
    "kept_chunks",
    "looks",
    "many_servers",
    "one_server",
    "overloads",
    "places_for_loss",
    "places_for_wait",
    "precision_check",
    "quantities",
    "queue_network",
    "read_care_system",
    "read_scenario",
    "recomputed",
    "run_chunk",
    "run_sensitivity",
    "run_waiting",
    "screen",
    "sensitivity",
    "summarise",
    "summarise_sensitivity",
    "summarise_waiting",
    "targets",
    "waiting_today",
    "warmed_up",
    "way_of",
    "with_values",
    "write_document",
]

"""From care messages to trajectories (trajecten) and waiting times that a region can defend.

Ask :func:`derive` for everything that was known on a day; every other function takes its answer.
"""

from .analysis import AnalystView, LateMonth, Lost, analyst_view
from .assignments import Assignment, AssignmentKey, History
from .bridge import (
    BRIDGE_FORMS,
    EVERYBODY,
    FORM_NOT_TOLD,
    Bridge,
    BridgeRow,
    bridge_rows,
    bridges,
    group_of,
)
from .chains import Chain
from .choices import Choices, Truncated, Unended
from .clock_figures import ClockFigure
from .contract_waves import ContractWave, contract_waves
from .counted_gaps import (
    CountTable,
    GapCounts,
    GapRows,
    GapSplit,
    Meanwhile,
    WaitingStudy,
    gap_counts,
    gap_rows,
    waiting_study,
)
from .declared import Declared
from .delays import Corrected, Delay, corrected, delay_of
from .deliveries import Standing
from .deriving import Trajectories, delivery_begin, derive
from .endings import Endings, FollowUp, Steps, cost_of, endings, follow_up, steps
from .extension_rates import ExtensionRow, ExtensionTable, extension_table, first_ends
from .extensions import Expiry, Extended, agreed_ends, expiries_of, extensions
from .flows import (
    Coming,
    Durations,
    Eighteen,
    Flow,
    Going,
    about_to_turn_18,
    counted_by,
    durations,
    flow,
    inflow,
    outflow,
    turning_18,
    youths_helped,
    youths_in_care,
)
from .forms import CareForms
from .gaps import CareGap, GapChoices, GapKind, care_gaps
from .messages import MessageCounts
from .monthly import MonthlyWait, Shown, monthly_waits, whole_months
from .overview import (
    NORM_DAYS,
    OverviewRow,
    OverviewTable,
    WaitingOverview,
    waiting_overview,
)
from .published import Clock, Counted, Split, counted_waits
from .quality import UNSEEN_MESSAGES, Quality, Silent, quality_among, quality_of
from .regulation import (
    QuarterRow,
    RegulationRow,
    last_quarter_end,
    quarter_rows,
    regulation_rows,
)
from .requests import CareRequest, Granted, Referral, Referrer, RequestKey
from .rules import TRAJECTORY_MESSAGES
from .sentences import (
    CLOCK_LABELS,
    WAITING_SENTENCES,
    checks_of,
    median_result,
    norm_result,
)
from .shown_counts import OTHERS, TOTAL
from .spells import Mark, Spell
from .successions import Successions, Wave
from .survival import Curve, Estimate, Incidence, incidence_by_cause, kaplan_meier
from .transitions import KnownWait, Origin, Transition, known_waits, transitions
from .volumes import VolumeChanges, volume_changes
from .waiting_figures import (
    Selection,
    View,
    WaitClock,
    WaitingFigure,
    figure_of,
    waiting_figure,
)
from .waiting_list import WaitingList, waiting_list
from .waiting_numbers import Label, Trust, WaitingNow
from .waits import Cause, Outcome, Wait, Waits, waits_of
from .working_days import after_working_days, is_working_day

__all__ = [
    "BRIDGE_FORMS",
    "CLOCK_LABELS",
    "EVERYBODY",
    "FORM_NOT_TOLD",
    "NORM_DAYS",
    "OTHERS",
    "TOTAL",
    "TRAJECTORY_MESSAGES",
    "UNSEEN_MESSAGES",
    "WAITING_SENTENCES",
    "AnalystView",
    "Assignment",
    "AssignmentKey",
    "Bridge",
    "BridgeRow",
    "CareForms",
    "CareGap",
    "CareRequest",
    "Cause",
    "Chain",
    "Choices",
    "Clock",
    "ClockFigure",
    "Coming",
    "ContractWave",
    "Corrected",
    "CountTable",
    "Counted",
    "Curve",
    "Declared",
    "Delay",
    "Durations",
    "Eighteen",
    "Endings",
    "Estimate",
    "Expiry",
    "Extended",
    "ExtensionRow",
    "ExtensionTable",
    "Flow",
    "FollowUp",
    "GapChoices",
    "GapCounts",
    "GapKind",
    "GapRows",
    "GapSplit",
    "Going",
    "Granted",
    "History",
    "Incidence",
    "KnownWait",
    "Label",
    "LateMonth",
    "Lost",
    "Mark",
    "Meanwhile",
    "MessageCounts",
    "MonthlyWait",
    "Origin",
    "Outcome",
    "OverviewRow",
    "OverviewTable",
    "Quality",
    "QuarterRow",
    "Referral",
    "Referrer",
    "RegulationRow",
    "RequestKey",
    "Selection",
    "Shown",
    "Silent",
    "Spell",
    "Split",
    "Standing",
    "Steps",
    "Successions",
    "Trajectories",
    "Transition",
    "Truncated",
    "Trust",
    "Unended",
    "View",
    "VolumeChanges",
    "Wait",
    "WaitClock",
    "WaitingFigure",
    "WaitingList",
    "WaitingNow",
    "WaitingOverview",
    "WaitingStudy",
    "Waits",
    "Wave",
    "about_to_turn_18",
    "after_working_days",
    "agreed_ends",
    "analyst_view",
    "bridge_rows",
    "bridges",
    "care_gaps",
    "checks_of",
    "contract_waves",
    "corrected",
    "cost_of",
    "counted_by",
    "counted_waits",
    "delay_of",
    "delivery_begin",
    "derive",
    "durations",
    "endings",
    "expiries_of",
    "extension_table",
    "extensions",
    "figure_of",
    "first_ends",
    "flow",
    "follow_up",
    "gap_counts",
    "gap_rows",
    "group_of",
    "incidence_by_cause",
    "inflow",
    "is_working_day",
    "kaplan_meier",
    "known_waits",
    "last_quarter_end",
    "median_result",
    "monthly_waits",
    "norm_result",
    "outflow",
    "quality_among",
    "quality_of",
    "quarter_rows",
    "regulation_rows",
    "steps",
    "transitions",
    "turning_18",
    "volume_changes",
    "waiting_figure",
    "waiting_list",
    "waiting_overview",
    "waiting_study",
    "waits_of",
    "whole_months",
    "youths_helped",
    "youths_in_care",
]

"""Every read of figures and published waiting times.

Published figures and providers' own statements are public and counts in them are large: the rule
for small groups (below 10) is for figures that we count ourselves, and is not applied here.
"""

from .beside_messages import CountsOfCbs, counts_of_cbs, has_made_up_counts
from .changes import (
    DeliveryChange,
    Direction,
    Evidence,
    OfferChange,
    WaitChange,
    change_between,
    change_since_previous,
)
from .choices import FigureChoices, FormOverYears, figure_choices
from .deliveries import FigureDeliveryInfo, figure_deliveries
from .examination import (
    Examination,
    FileFormat,
    examine_waiting_times,
    waiting_file_format,
)
from .municipal import (
    MunicipalFigures,
    MunicipalRow,
    MunicipalSubject,
    MunicipalValue,
    municipal_figures,
    municipal_subjects,
    municipality_rows,
)
from .regional import (
    CareRow,
    FigurePair,
    FigureValue,
    SourceInfo,
    all_figures,
    figure_periods,
    key_figures,
    shares_by_care_form,
    shares_by_referrer,
    source_info,
    youths_by_sex_and_age,
)
from .remainders import referrer_remainder
from .summaries import (
    FEWEST_FOR_A_MIDDLE,
    ClockSummary,
    KindSummary,
    WaitingSummary,
    waiting_summary,
)
from .trends import BreakInfo, Trend, TrendPoint, trend
from .waiting import (
    Choice,
    DeliveryInfo,
    OffersForYouth,
    StatementLine,
    WaitingChoices,
    WaitingFilter,
    WaitLine,
    latest_delivery,
    stated_waiting_times,
    waiting_choices,
    waiting_deliveries,
)

__all__ = [
    "FEWEST_FOR_A_MIDDLE",
    "BreakInfo",
    "CareRow",
    "Choice",
    "ClockSummary",
    "CountsOfCbs",
    "DeliveryChange",
    "DeliveryInfo",
    "Direction",
    "Evidence",
    "Examination",
    "FigureChoices",
    "FigureDeliveryInfo",
    "FigurePair",
    "FigureValue",
    "FileFormat",
    "FormOverYears",
    "KindSummary",
    "MunicipalFigures",
    "MunicipalRow",
    "MunicipalSubject",
    "MunicipalValue",
    "OfferChange",
    "OffersForYouth",
    "SourceInfo",
    "StatementLine",
    "Trend",
    "TrendPoint",
    "WaitChange",
    "WaitLine",
    "WaitingChoices",
    "WaitingFilter",
    "WaitingSummary",
    "all_figures",
    "change_between",
    "change_since_previous",
    "counts_of_cbs",
    "examine_waiting_times",
    "figure_choices",
    "figure_deliveries",
    "figure_periods",
    "has_made_up_counts",
    "key_figures",
    "latest_delivery",
    "municipal_figures",
    "municipal_subjects",
    "municipality_rows",
    "referrer_remainder",
    "shares_by_care_form",
    "shares_by_referrer",
    "source_info",
    "stated_waiting_times",
    "trend",
    "waiting_choices",
    "waiting_deliveries",
    "waiting_file_format",
    "waiting_summary",
    "youths_by_sex_and_age",
]

"""The whole country: a care system for each of its regions, and what happens in all of them.

:func:`country_plan` is the question. Make its pieces anywhere and in any order, with
:meth:`CountryPlan.compute` here or with :func:`make_piece` on another machine; bring those of a
region together with :func:`region_outcome`, and the regions with :func:`country_lines`.
"""

from .documents import region_care_system
from .outcome import (
    COLUMNS,
    COUNTRY,
    Line,
    RegionOutcome,
    country_lines,
    region_outcome,
    years_of,
)
from .plan import (
    CountryPiece,
    CountryPlan,
    OtherCodeError,
    PieceOrder,
    country_plan,
    make_piece,
)
from .scenarios import scenario_in
from .sizes import CountryRegion, country_regions

__all__ = [
    "COLUMNS",
    "COUNTRY",
    "CountryPiece",
    "CountryPlan",
    "CountryRegion",
    "Line",
    "OtherCodeError",
    "PieceOrder",
    "RegionOutcome",
    "country_lines",
    "country_plan",
    "country_regions",
    "make_piece",
    "region_care_system",
    "region_outcome",
    "scenario_in",
    "years_of",
]

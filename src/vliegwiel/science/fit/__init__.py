"""A care system fitted to what happened in a region, and a test of it on months held back.

Make :class:`Visits` of messages (:func:`visits_of_trajectories`) or of a simulation
(:func:`visits_of_histories`), then ask :func:`fit_care_system` and :func:`back_test`.
"""

from vliegwiel.science.kernel import crps, within

from .background import Background, CareKind, background_of
from .backtest import COMPARED, MODEL, BackTest, BackTestRow, Score, back_test
from .document import write_system
from .estimates import CareFit, Estimates, ExtensionFit, SourceFit, estimate
from .families import FAMILIES
from .fitting import FittedSystem, fit_care_system
from .from_histories import visits_of_histories
from .from_trajectories import visits_of_trajectories
from .lengths import LengthFit, Lengths, fit_lengths, lengths_of, log_likelihood
from .observation import observed_from, observed_until
from .ranges import pert_deviation, pert_range
from .rates import RateFit, fit_rate
from .returning import ReturnFit, fit_returns, returns
from .sentences import FIT_SENTENCES
from .shares import ShareFit, shares
from .shown_rows import shown_back_test
from .simple import simple_forecasts
from .small_counts import FEW, rounded_count, told_count, without_small_counts
from .visits import UNKNOWN, Came, Ending, Presence, Visits, presence
from .waiting import PatienceFit, PlacesFit, fit_patience, fit_places
from .writing import FitPart

__all__ = [
    "COMPARED",
    "FAMILIES",
    "FEW",
    "FIT_SENTENCES",
    "MODEL",
    "UNKNOWN",
    "BackTest",
    "BackTestRow",
    "Background",
    "Came",
    "CareFit",
    "CareKind",
    "Ending",
    "Estimates",
    "ExtensionFit",
    "FitPart",
    "FittedSystem",
    "LengthFit",
    "Lengths",
    "PatienceFit",
    "PlacesFit",
    "Presence",
    "RateFit",
    "ReturnFit",
    "Score",
    "ShareFit",
    "SourceFit",
    "Visits",
    "back_test",
    "background_of",
    "crps",
    "estimate",
    "fit_care_system",
    "fit_lengths",
    "fit_patience",
    "fit_places",
    "fit_rate",
    "fit_returns",
    "lengths_of",
    "log_likelihood",
    "observed_from",
    "observed_until",
    "pert_deviation",
    "pert_range",
    "presence",
    "returns",
    "rounded_count",
    "shares",
    "shown_back_test",
    "simple_forecasts",
    "told_count",
    "visits_of_histories",
    "visits_of_trajectories",
    "within",
    "without_small_counts",
    "write_system",
]

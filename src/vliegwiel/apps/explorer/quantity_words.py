"""The further numbers of an effect in words: what stands beside the effect itself."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

#: Number -> what it is. Behind a point stands of which side, period, place or way of computing.
QUANTITY_LABELS: Mapping[str, str | Promise] = {
    "after": gettext_lazy("Mean since the start"),
    "after_rmspe": gettext_lazy("Distance to the mix since the start"),
    "all_arms_f": gettext_lazy("Test of all arms together (F)"),
    "arm": gettext_lazy("Arm"),
    "as_persons": gettext_lazy("As if persons were drawn, not groups"),
    "became_no": gettext_lazy("From yes to no"),
    "became_yes": gettext_lazy("From no to yes"),
    "before": gettext_lazy("Mean before the start"),
    "before_after": gettext_lazy("Before and after, without a comparison"),
    "before_rmspe": gettext_lazy("Distance to the mix before the start"),
    "calendar_overall": gettext_lazy("Mean over the calendar"),
    "cluster_means": gettext_lazy("By means of groups"),
    "cohort": gettext_lazy("Measurements of who started in"),
    "difference_in_differences": gettext_lazy("Change beside the change elsewhere"),
    "dispersion": gettext_lazy("Spread of the counts beside chance alone"),
    "dynamic": gettext_lazy("Effect so many periods since the start:"),
    "dynamic_overall": gettext_lazy("Mean over the time since the start"),
    "expected": gettext_lazy("Ends expected by chance"),
    "gap": gettext_lazy("Distance to the mix in"),
    "group_overall": gettext_lazy("Mean over who started together"),
    "growth": gettext_lazy("Effect that grows by period"),
    "hazard_ratio": gettext_lazy("Ratio of the chances of an end (Cox)"),
    "hc3": gettext_lazy("Error by HC3"),
    "interaction": gettext_lazy("Effect that hangs on the value before"),
    "intraclass_correlation": gettext_lazy("Likeness within groups (ICC)"),
    "log_rank": gettext_lazy("Test of both curves (log-rank)"),
    "lot": gettext_lazy("By drawing the lots again"),
    "median": gettext_lazy("Middle waiting time"),
    "newey_west": gettext_lazy("Error by Newey and West"),
    "observed": gettext_lazy("Ends seen"),
    "peto_peto": gettext_lazy("Test of both curves (Peto and Peto)"),
    "plain_poisson": gettext_lazy("By chance of counting alone"),
    "prais_winsten": gettext_lazy("By Prais and Winsten"),
    "proportional": gettext_lazy("Ratio stays the same (test)"),
    "quasi_poisson": gettext_lazy("By quasi-Poisson"),
    "rank": gettext_lazy("Rank among all places"),
    "restricted_mean": gettext_lazy("Mean time up to the limit"),
    "rho": gettext_lazy("Correlation of a period with the next"),
    "rmspe_ratio": gettext_lazy("Distance since the start beside that before"),
    "slope": gettext_lazy("Change of the trend since the start"),
    "step": gettext_lazy("Step at the start, with a change of the trend"),
    "together": gettext_lazy("With periods that hang together (Newey and West)"),
    "trend_before": gettext_lazy("Difference of the trends before the start"),
    "two_way": gettext_lazy("By levels of units and periods (two-way)"),
    "units": gettext_lazy("Places compared"),
    "weight": gettext_lazy("Part in the mix of"),
    "wilcoxon": gettext_lazy("Test of ranks (Wilcoxon)"),
}
#: Where counts are compared, these are ratios: the series is fitted by its logarithm.
RATIOS_OF_COUNTS = frozenset({"plain_poisson", "quasi_poisson", "slope", "step", "together"})
#: Side or moment -> in words.
SIDE_LABELS: Mapping[str, str | Promise] = {
    "treated": gettext_lazy("with the initiative"),
    "compared": gettext_lazy("without the initiative"),
    "before": gettext_lazy("before the start"),
    "after": gettext_lazy("since the start"),
}

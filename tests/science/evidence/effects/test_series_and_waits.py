"""Series with a start, and waiting times, beside other implementations of the same."""

import math

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.linalg import toeplitz
from statsmodels.duration.hazard_regression import PHReg
from statsmodels.duration.survfunc import survdiff

from tests.science.evidence.effects.tables import answered, series, waits
from vliegwiel.science.evidence.effects import Role, Scale, table_of
from vliegwiel.science.evidence.effects.autoregressive import first_order, first_order_counts
from vliegwiel.science.evidence.effects.designs.interrupted import prais_winsten
from vliegwiel.science.evidence.effects.hazards import Risk, cox, log_rank, proportional, risk_table
from vliegwiel.science.kernel import DocumentError


def test_prais_and_winsten_is_least_squares_with_that_correlation() -> None:
    random = np.random.default_rng(1)
    x = np.column_stack([np.arange(40) >= 20, np.ones(40), np.arange(40)]).astype(float)
    noise = random.normal(size=40)
    for k in range(1, 40):
        noise[k] += 0.6 * noise[k - 1]
    y = x @ [2.0, 1.0, 0.1] + noise
    found, rho = prais_winsten(y, x)
    fitted = sm.GLS(y, x, sigma=toeplitz(rho ** np.arange(40))).fit()
    assert (found.value, found.error) == pytest.approx((fitted.params[0], fitted.bse[0]))
    assert 0.3 < rho < 0.8


def longley() -> tuple[np.ndarray, np.ndarray]:
    """Longley's employment (millions), by population, a constant and gross national product."""
    data = sm.datasets.longley.load_pandas().data
    x = np.column_stack([data.POP / 1000, np.ones(16), data.GNP / 1000])
    return (data.TOTEMP / 1000).to_numpy(), x


def test_autoregression_is_that_of_nlme_on_the_data_of_longley() -> None:
    """`gls(Employed ~ GNP + Population, correlation = corAR1(form = ~ Year), longley)` in R prints
    0.6441692 for the correlation and -0.548513 for population (Faraway, Linear Models with R, 6.1).
    """
    y, x = longley()
    found = first_order(y, x, np.arange(16))
    assert found.rho == pytest.approx(0.6441692, abs=1e-6)
    assert found.first.value == pytest.approx(-0.548513, abs=1e-6)
    # Its error there, 0.154130, takes the correlation as known; that it is estimated adds to it.
    assert found.first.error > 0.154130


def test_counts_solve_the_estimating_equation_of_liang_and_zeger() -> None:
    """With the correlation that was found the score of Liang and Zeger (1986) is zero."""
    random = np.random.default_rng(3)
    noise = random.normal(size=60)
    for k in range(1, 60):
        noise[k] = 0.5 * noise[k - 1] + 0.87 * noise[k]
    x = np.column_stack([np.arange(60) >= 30, np.ones(60), np.arange(60) / 60]).astype(float)
    y = random.poisson(np.exp(x @ [-0.4, 3.5, 0.3] + 0.2 * noise)).astype(float)
    found = first_order_counts(y, x, np.arange(60))
    root = np.sqrt(found.fitted)
    together = toeplitz(found.rho ** np.arange(60))
    score = (root[:, None] * x).T @ np.linalg.solve(together, (y - found.fitted) / root)
    assert np.abs(score).max() < 1e-3 * np.sqrt(found.fitted.sum())
    assert abs(found.first.value + 0.4) < 3 * found.first.error
    assert found.rho > 0.1


def test_degrees_of_freedom_are_those_of_slopes_taken_by_small_steps() -> None:
    """Satterthwaite's degrees of freedom, with the variance worked out anew at each step."""
    y, x = longley()
    found = first_order(y, x, np.arange(16))
    apart = np.abs(np.subtract.outer(np.arange(16), np.arange(16)))

    def inverse(variance: float, rho: float) -> np.ndarray:
        return np.linalg.inv(variance * rho**apart)

    def own(variance: float, rho: float) -> float:
        return float(np.linalg.inv(x.T @ inverse(variance, rho) @ x)[0, 0])

    def twice_restricted(variance: float, rho: float) -> float:
        v = inverse(variance, rho)
        known = x.T @ v @ x
        left = y - x @ np.linalg.solve(known, x.T @ v @ y)
        return float(-np.linalg.slogdet(v)[1] + np.linalg.slogdet(known)[1] + left @ v @ left)

    at = np.array([0.6892070**2, found.rho])
    steps = np.diag([1e-4, 1e-4])
    slope = np.array([(own(*(at + h)) - own(*(at - h))) / 2e-4 for h in steps])
    assert twice_restricted(*at) == pytest.approx(
        min(twice_restricted(*(at + h)) for h in (*steps, *-steps)), abs=1e-5
    )
    # The expected information of both, by its definition with small steps in the covariance.
    rest = inverse(*at) - inverse(*at) @ x @ np.linalg.inv(x.T @ inverse(*at) @ x) @ x.T @ inverse(
        *at
    )
    moves = [
        (np.linalg.inv(inverse(*(at + h))) - np.linalg.inv(inverse(*(at - h)))) / 2e-4
        for h in steps
    ]
    information = [[0.5 * np.trace(rest @ a @ rest @ b) for b in moves] for a in moves]
    spread = slope @ np.linalg.inv(information) @ slope
    assert found.first.freedom == pytest.approx(2 * own(*at) ** 2 / spread, rel=1e-4)


def test_a_step_is_found_and_older_answers_are_told() -> None:
    effect = answered(table_of(series()), "interrupted")
    errors = [effect.quantity(name).error or 0 for name in ("prais_winsten", "newey_west")]
    assert effect.estimate == pytest.approx(-8, abs=2)
    assert effect.error is not None
    assert effect.error > min(errors) > 0
    assert effect.method.variance == "reml_kenward_roger"
    assert {"season", "long_series"} <= {check.code for check in effect.checks}
    without = effect.series[2]
    assert without.y[23] is None
    assert without.y[24] == pytest.approx(effect.series[1].y[24] + 8, abs=2)


def test_counts_of_places_are_added_up() -> None:
    one = series(counts=True)
    both = {role: np.concatenate([column, column]) for role, column in one.items()}
    both[Role.UNIT] = np.repeat([0, 1], 48)
    single, double = (answered(table_of(part), "interrupted") for part in (one, both))
    assert (single.scale, double.scale) == (Scale.RATIO, Scale.RATIO)
    assert double.estimate == pytest.approx(single.estimate)
    assert single.additive[0] == pytest.approx(math.log(single.estimate))
    # In 48 months that counts hang together is seen, or said that it may be missed.
    assert len({"counts_together", "memory_unseen"} & set(single.grading.broken)) == 1


def test_a_short_series_with_holes_says_so() -> None:
    columns = {role: np.delete(column, 3) for role, column in series(16, 8).items()}
    effect = answered(table_of(columns), "interrupted")
    assert {"short_series", "gaps_in_series", "no_comparison"} <= set(effect.grading.broken)
    with pytest.raises(DocumentError, match="periods"):
        answered(table_of({role: c[:9] for role, c in series(16, 8).items()}), "interrupted")


@pytest.mark.parametrize("ratio", [0.6, 2.5])
def test_hazards_are_those_of_statsmodels(ratio: float) -> None:
    columns = waits(120, ratio)
    time, event, treated = (columns[r] for r in (Role.TIME, Role.EVENT, Role.TREATED))
    risk = risk_table(time, event == 1, treated == 1)
    for ties in ("efron", "breslow"):
        other = PHReg(time, treated[:, None].astype(float), status=event, ties=ties).fit()
        found = cox(risk, ties)
        assert found is not None
        assert found.value == pytest.approx(other.params[0], abs=1e-6)
        assert found.error == pytest.approx(other.bse[0], rel=1e-5)
    chi2, p = survdiff(time, event, treated)
    test = log_rank(risk)
    assert (test.chi2, test.p) == pytest.approx((chi2, p))
    assert sum(test.observed) == pytest.approx(sum(test.expected))


def log_likelihood(risk: Risk, beta: float, change: float, g: np.ndarray) -> float:
    """Efron's partial likelihood with a ratio that moves along g, one end after another."""
    total = 0.0
    for k, moved in enumerate(g):
        weight = math.exp(beta + change * moved)
        mine, d1 = risk.at_risk_treated[k], risk.ended_treated[k]
        others, d0 = risk.at_risk[k] - mine, risk.ended[k] - d1
        total += d1 * (beta + change * moved)
        for gone in range(int(risk.ended[k])):
            part = gone / risk.ended[k]
            total -= math.log(weight * (mine - part * d1) + others - part * d0)
    return total


def test_a_ratio_that_stays_the_same_is_tested_by_the_score() -> None:
    columns = waits(60)
    risk = risk_table(columns[Role.TIME], columns[Role.EVENT] == 1, columns[Role.TREATED] == 1)
    found = cox(risk)
    assert found is not None
    beta = found.value
    g = 1 - np.concatenate([[1.0], np.cumprod(1 - risk.ended / risk.at_risk)[:-1]])
    h = 1e-3

    def at(one: float, other: float) -> float:
        return log_likelihood(risk, beta + one, other, g)

    score = (at(0, h) - at(0, -h)) / (2 * h)
    middle = at(0, 0)
    own = -(at(0, h) - 2 * middle + at(0, -h)) / h**2
    base = -(at(h, 0) - 2 * middle + at(-h, 0)) / h**2
    both = -(at(h, h) - at(h, -h) - at(-h, h) + at(-h, -h)) / (4 * h**2)
    chi2 = score**2 / (own - both**2 / base)
    assert proportional(risk, beta) == pytest.approx(math.erfc(math.sqrt(chi2 / 2)), rel=1e-3)


def test_crossing_curves_are_said_and_the_mean_time_stays() -> None:
    random = np.random.default_rng(5)
    treated = np.arange(600) % 2
    time = np.where(treated, random.gamma(8, 2.5, 600), random.exponential(20, 600)) + 0.1
    columns = {Role.TIME: time, Role.EVENT: np.ones(600, dtype=int), Role.TREATED: treated}
    effect = answered(table_of(columns), limit=40)
    assert effect.scale is Scale.TIME
    assert "not_proportional" in effect.grading.broken
    mean = np.minimum(time, 40)
    assert effect.estimate == pytest.approx(mean[treated == 1].mean() - mean[treated == 0].mean())


def test_a_higher_hazard_is_a_shorter_wait() -> None:
    table = table_of(waits())
    time, hazard = (answered(table, estimand=e) for e in ("restricted_mean", "hazard_ratio"))
    assert time.estimate < 0
    assert hazard.estimate > 1
    assert time.is_good is hazard.is_good is True
    assert hazard.headline.code == "hazard_higher"
    with pytest.raises(DocumentError, match="followed for"):
        answered(table, limit=10_000)


def test_a_ratio_without_an_end_is_not_told() -> None:
    columns = {
        Role.TIME: np.arange(1, 21), Role.EVENT: np.ones(20, dtype=int),
        Role.TREATED: (np.arange(20) < 10).astype(int),
    }  # fmt: skip
    effect = answered(table_of(columns), "survival")
    assert [one.name for one in effect.quantities if one.name.startswith("hazard")] == []
    assert effect.estimate == pytest.approx(5.5 - 10)
    with pytest.raises(DocumentError, match="has no end"):
        answered(table_of(columns), "survival", estimand="hazard_ratio")
    counts = {**series(counts=True)}
    counts[Role.OUTCOME] = np.where(counts[Role.TREATED] == 1, 0, counts[Role.OUTCOME])
    with pytest.raises(DocumentError, match="has no end"):
        answered(table_of(counts), "interrupted")


def test_few_that_were_counted_give_no_certainty() -> None:
    months = np.arange(48)
    for counted, refused in ((2, True), (6, False)):
        events = np.where(months < 24, 3, 0)
        events[24 : 24 + counted] = 1
        columns = {
            Role.PERIOD: series()[Role.PERIOD], Role.OUTCOME: events,
            Role.TREATED: (months >= 24).astype(int),
        }  # fmt: skip
        if refused:
            with pytest.raises(DocumentError, match="only 2 were counted"):
                answered(table_of(columns), "interrupted")
            continue
        effect = answered(table_of(columns), "interrupted")
        assert "few_counted" in effect.grading.broken
        dispersion = effect.quantity("dispersion").value
        assert dispersion is not None
        assert dispersion < 1
        low = effect.quantity("plain_poisson").low
        assert low is not None
        assert effect.low is not None
        assert effect.low <= low * 1.0001


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_numbers_with_which_nothing_can_be_computed_are_said() -> None:
    columns = series()
    columns[Role.OUTCOME] = columns[Role.OUTCOME] * np.where(np.arange(48) % 3, 1e170, 1.0)
    with pytest.raises(DocumentError, match="cannot be computed"):
        answered(table_of(columns), "interrupted")

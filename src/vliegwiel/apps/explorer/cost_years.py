"""What a cost over the months of a forecast is on average a year: for pages and files alike."""

from vliegwiel.science.caresystem import Forecast, Interval

_MONTHS_IN_YEAR = 12


def a_year(forecast: Forecast, whole: Interval | None) -> Interval | None:
    """An amount over all months of a forecast as an amount a year; None where it is not known."""
    if whole is None:
        return None
    part = _MONTHS_IN_YEAR / len(forecast.months)
    values = (whole.median, whole.low, whole.high)
    return Interval(*(None if value is None else value * part for value in values))

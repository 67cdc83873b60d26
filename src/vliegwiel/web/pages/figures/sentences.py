"""The findings above the figures: one sentence each, from the numbers themselves."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from vliegwiel.apps.figures.queries import CareRow, FigurePair, FigureValue, Trend
from vliegwiel.web import notation


def lower(text: str) -> str:
    """A label in the middle of a sentence; names such as GI keep their capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def written(value: FigureValue) -> str:
    if value.unit == "percent":
        return notation.percent(value.value, value.decimals)
    return notation.number(value.value, value.decimals)


def named(label: str, value: FigureValue) -> str:
    """The label of a figure; of one that stands in no source, with that it is our calculation."""
    if value.status != "calculated":
        return label
    return _("%(what)s (calculated by us)") % {"what": label}


def by_care_form(pairs: Sequence[FigurePair], region: str) -> str:
    """Compares the largest form of which both sides are known."""
    both = [pair for pair in pairs if pair.region and pair.national]
    if not both:
        return _("What kind of youth care young people in %(region)s have") % {"region": region}
    pair = max(both, key=_own)
    assert pair.region is not None
    assert pair.national is not None
    words = {
        "region": region,
        "care": youth_care(pair.region),
        "own": written(pair.region),
        "national": written(pair.national),
    }
    difference = pair.difference or 0
    if difference < 0:
        return (
            _("Fewer youths in %(region)s have %(care)s: %(own)s, nationally %(national)s") % words
        )
    if difference > 0:
        return (
            _("More youths in %(region)s have %(care)s: %(own)s, nationally %(national)s") % words
        )
    return _("As many youths in %(region)s have %(care)s as nationally: %(own)s") % words


def youth_care(value: FigureValue) -> str:
    """The form of care in a sentence: "youth care", "youth care without residence"."""
    if value.care_form == "all_youth_care":
        return _("youth care")
    if value.care_form in {"without_residence", "with_residence"}:
        return _("youth care %(form)s") % {"form": lower(value.care_form_label)}
    return _("youth care in the form “%(form)s”") % {"form": lower(value.care_form_label)}


def by_referrer(pairs: Sequence[FigurePair], region: str) -> str:
    """Names the referrer that brings most."""
    # What is left over is nobody in particular.
    known = [pair for pair in pairs if pair.region and pair.region.status != "calculated"]
    if not known:
        return _("Who refers young people in %(region)s") % {"region": region}
    pair = max(known, key=_own)
    assert pair.region is not None
    words = {"who": pair.label, "own": written(pair.region)}
    if pair.national is None:
        return _("%(who)s refers most often: %(own)s") % words
    words["national"] = written(pair.national)
    return _("%(who)s refers most often: %(own)s, nationally %(national)s") % words


def by_age(row: CareRow) -> str:
    """Names the largest age band."""
    total = row.total
    largest = max(row.by_age, key=lambda value: value.value)
    words = {"n": written(largest), "age": age(largest.age_band)}
    if total is None or not total.value:
        return _("The largest group of youths with care is %(age)s: %(n)s") % words
    words["share"] = notation.percent(largest.value / total.value * 100, 0)
    return _("The largest group of youths with care is %(age)s: %(n)s, which is %(share)s") % words


def age(band: str) -> str:
    low, _dash, high = band.partition("-")
    return _("%(low)s to %(high)s years") % {"low": low, "high": high}


def over_the_years(trend: Trend, what: str) -> str:
    """From the first to the last year; says when the figures between do not compare."""
    first, last = trend.region[0].figure, trend.region[-1].figure
    words = {
        "what": what,
        "first": written(first),
        "last": written(last),
        "from": first.period,
        "to": last.period,
    }
    if trend.breaks:
        return (
            _("%(what)s: %(first)s in %(from)s and %(last)s in %(to)s, counted in different ways")
            % words
        )
    if last.value > first.value:
        return _("%(what)s went up: %(first)s in %(from)s, %(last)s in %(to)s") % words
    if last.value < first.value:
        return _("%(what)s went down: %(first)s in %(from)s, %(last)s in %(to)s") % words
    return _("%(what)s stayed the same: %(last)s in %(to)s") % words


def _own(pair: FigurePair) -> Decimal:
    return pair.region.value if pair.region else Decimal(0)

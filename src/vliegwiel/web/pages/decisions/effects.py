"""What an initiative did in every region: the sentence, and the picture with its table."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vliegwiel.apps.decisions.queries import Tried
from vliegwiel.apps.pilots import result_words
from vliegwiel.web import charts, notation
from vliegwiel.web.components import Column, FigureBlock, Table

from . import words


def sentence(one: Tried) -> str:
    """What may be expected in a next region, or that it is not known yet."""
    pooled = one.pooled
    if pooled is None:
        return _(
            "%(outcome)s was measured in one region. What it does in a next one is not known yet."
        ) % {"outcome": one.outcome}
    told = {
        "outcome": one.outcome,
        "likely": words.sized(pooled.estimate, one.unit, per_cent=one.per_cent),
        "regions": pooled.regions,
    }
    if pooled.next_low is None or pooled.next_high is None:
        return (
            _(
                "%(outcome)s: %(likely)s over %(regions)s regions. With fewer than three regions "
                "nothing can be said about a next one."
            )
            % told
        )
    told["span"] = words.spanned(pooled.next_low, pooled.next_high, one.unit, per_cent=one.per_cent)
    return (
        _(
            "%(outcome)s: %(likely)s over %(regions)s regions. In a next region it lies between "
            "%(span)s."
        )
        % told
    )


def figure(one: Tried) -> FigureBlock:
    """The effect of each region and of all together, with intervals."""
    unit = words.unit_shown(one.unit, per_cent=one.per_cent)
    rows = [
        _row(one, effect.region, (effect.low, effect.estimate, effect.high))
        for effect in one.effects
        if effect.low is not None and effect.high is not None
    ]
    pooled = one.pooled
    if pooled is not None:
        together = (pooled.low[0], pooled.estimate, pooled.high[0])
        rows.append(_row(one, _("All regions together"), together))
        if pooled.next_low is not None and pooled.next_high is not None:
            ahead = (pooled.next_low, pooled.estimate, pooled.next_high)
            rows.append(_row(one, _("A next region"), ahead))
    drawn = [row for row in rows if row is not None]
    chart = ""
    if drawn:
        chart = charts.kept(
            charts.difference_bars,
            drawn,
            x_title=unit,
            language=(get_language() or "nl")[:2],
            decimals=1,
        )
    return FigureBlock(
        id=f"tried-{one.id}-{one.version}",
        title=_("%(outcome)s in every region that tried it") % {"outcome": one.outcome},
        what=_("Difference with and without the initiative, in %(unit)s") % {"unit": unit},
        table=_table(one),
        chart=chart,
        source=_("Evidence of pilots, as it was kept"),
        date=notation.day(max((effect.at for effect in one.effects), default=None)),
        mark=one.mark or "",  # type: ignore[arg-type]
        how=[
            _(
                "The line of a region holds at any look. All regions together: random effects with "
                "the interval of Hartung and Knapp. A next region: an interval of 95 per cent for "
                "what one more region would find; it takes in how much regions differ."
            ),
            _("Each region counts once, with its newest evidence."),
        ],
    )


def _row(
    one: Tried, label: str, ends: tuple[float | None, float, float | None]
) -> charts.DifferenceRow | None:
    low, mid, high = ends
    if low is None or high is None:
        return None
    return charts.DifferenceRow(
        label, *(words.shown(value, per_cent=one.per_cent) for value in (low, mid, high))
    )


def _table(one: Tried) -> Table:
    columns = [
        Column(_("Region")),
        Column(_("Difference")),
        Column(_("From – to")),
        Column(_("What may be said")),
    ]
    rows: list[tuple[str, str, str, str]] = [
        (
            effect.region,
            words.sized(effect.estimate, one.unit, per_cent=one.per_cent),
            words.spanned(effect.low, effect.high, one.unit, per_cent=one.per_cent),
            str(result_words.VERDICTS[effect.verdict][0]),
        )
        for effect in one.effects
    ]
    pooled = one.pooled
    if pooled is not None:
        likely = words.sized(pooled.estimate, one.unit, per_cent=one.per_cent)
        together = words.spanned(pooled.low[0], pooled.high[0], one.unit, per_cent=one.per_cent)
        ahead = words.spanned(pooled.next_low, pooled.next_high, one.unit, per_cent=one.per_cent)
        rows += [
            (_("All regions together"), likely, together, ""),
            (_("A next region"), likely, ahead, ""),
        ]
    return Table(_("%(outcome)s by region") % {"outcome": one.outcome}, columns, rows)

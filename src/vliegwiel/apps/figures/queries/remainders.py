"""The part of a whole that a source names nothing for: calculated when asked, not kept."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _

from vliegwiel.apps.figures.vocabulary import FigureStatus

from .regional import FigurePair, FigureValue

_WHOLE = Decimal(100)


def referrer_remainder(pairs: Sequence[FigurePair]) -> FigurePair | None:
    """What is left of 100 percent beside the referrers of `shares_by_referrer`.

    None where the shares name everybody already. Both sides are as exact as the least exact share.
    Assumes that whoever comes into care comes by one referrer; the note says so.
    """
    sides = ([pair.region for pair in pairs], [pair.national for pair in pairs])
    decimals = min((share.decimals for side in sides for share in side if share), default=0)
    own, national = (_remainder(side, decimals) for side in sides)
    return FigurePair(own.referrer_label, own, national) if own else None


def _remainder(shares: Iterable[FigureValue | None], decimals: int) -> FigureValue | None:
    """None where one of the shares is not known, or nothing is left."""
    values = list(shares)
    known = [share for share in values if share is not None]
    if not known or len(known) < len(values):
        return None
    left = round(_WHOLE - sum((share.value for share in known), Decimal(0)), decimals)
    if left <= 0:
        return None
    return replace(
        known[0],
        referrer="other",
        referrer_label=_("Other referrers, or not known"),
        value=left,
        decimals=decimals,
        status=str(FigureStatus.CALCULATED),
        status_label=str(FigureStatus.CALCULATED.label),
        note=_(
            "The source names no other referrers. The rest is calculated by us: 100 percent minus "
            "the shares that stand there, if everybody came by one referrer."
        ),
    )

"""How long half and nine of ten wait, in rows: a dot in its interval and an open one beyond."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from . import palette, scales
from .drawing import Layers, Size, draw
from .rows import RowFrame


@dataclass(frozen=True, slots=True)
class MedianRow:
    """The middle of a row with its interval, and within what nine of ten end; None is not known."""

    label: str
    text: str
    median: float | None
    low: float | None = None
    high: float | None = None
    ninth: float | None = None


def median_chart(rows: Sequence[MedianRow], *, x_title: str, language: str) -> str:
    """A filled dot with a line for its interval, and an open dot, in each row from zero.

    Raises ValueError without a single value.
    """
    ends = [(row.median, row.low, row.high, row.ninth) for row in rows]
    values = [float(value) for row in ends for value in row if value is not None]
    if not values:
        raise ValueError("a chart of medians needs at least one value")
    domain = scales.from_zero(values)
    description = _("Dots with intervals, %(what)s: %(rows)s. The table holds the same values.") % {
        "what": x_title,
        "rows": "; ".join(f"{row.label}: {row.text}" for row in rows),
    }
    data = [
        {
            "label": row.label,
            "text": row.text,
            "median": row.median,
            "low": row.median if row.low is None else row.low,
            "high": row.median if row.high is None else row.high,
            "ninth": row.ninth,
        }
        for row in rows
    ]

    def make(size: Size) -> Layers:
        frame = RowFrame(data, domain, size, [row.label for row in rows], axis_title=x_title)
        known = frame.base.transform_filter("isValid(datum.median)")
        far = frame.base.transform_filter("isValid(datum.ninth)")
        return frame.layered(
            known.mark_rule(color=palette.REGION, strokeWidth=4, opacity=0.55).encode(
                x=frame.x("low"), x2="high:Q"
            ),
            known.mark_point(color=palette.REGION, filled=True, size=130, opacity=1).encode(
                x=frame.x("median")
            ),
            far.mark_point(
                stroke=palette.REGION, fill=palette.PAPER, strokeWidth=2.5, size=110, opacity=1
            ).encode(x=frame.x("ninth")),
            frame.heading_values("text"),
        )

    return draw(make, description=description, language=language)

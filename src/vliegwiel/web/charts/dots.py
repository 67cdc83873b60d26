"""Every value as a dot: how a set of statements lies, without making more of them than they are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
from django.utils.translation import gettext as _

from . import palette, scales
from .drawing import Layers, Size, draw
from .rows import BAR, RowFrame

# The area of a dot that stands for one value; two values on the same place get twice the area.
_AREA = 90


@dataclass(frozen=True, slots=True)
class DotRow:
    """The values of one row, and what is written at it. `middle` None draws no middle."""

    label: str
    values: Sequence[float]
    text: str
    middle: float | None = None


def dot_chart(rows: Sequence[DotRow], *, x_title: str, language: str, at_least: float = 0) -> str:
    """A dot for each value, larger where several lie on one place; an upright line at the middle.

    The axis begins at zero and reaches `at_least`, also where all values are smaller.
    Raises ValueError without a single value.
    """
    values = [value for row in rows for value in row.values]
    if not values:
        raise ValueError("a chart of dots needs at least one value")
    domain = scales.from_zero([*values, at_least])
    description = _("Dots for single values, %(what)s: %(rows)s. The table sums them up.") % {
        "what": x_title,
        "rows": "; ".join(f"{row.label}: {row.text}" for row in rows),
    }

    def make(size: Size) -> Layers:
        labels = [row.label for row in rows]
        data = [{"label": row.label, "text": row.text, "middle": row.middle} for row in rows]
        frame = RowFrame(data, domain, size, labels, axis_title=x_title)
        middle = frame.base.transform_filter("isValid(datum.middle)").mark_tick(
            color=palette.SCENARIO, thickness=4, size=BAR + 10, opacity=1, orient="vertical"
        )
        return frame.layered(
            _dots(frame, rows),
            middle.encode(x=frame.x("middle")),
            frame.heading_values("text"),
        )

    return draw(make, description=description, language=language)


def _dots(frame: RowFrame, rows: Sequence[DotRow]) -> alt.Chart:
    points: list[dict[str, Any]] = [
        {"row": index, "value": value, "area": count * _AREA}
        for index, row in enumerate(rows)
        for value, count in sorted(Counter(row.values).items())
    ]
    layer: alt.Chart = (
        frame.of(points)
        .mark_point(color=palette.REGION, filled=True, opacity=0.65, clip=False)
        .encode(x=frame.x("value"), size=alt.Size("area:Q", scale=None, legend=None))
    )
    return layer

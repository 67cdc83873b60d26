"""Why a number from the region's own messages differs from that of CBS, step by step."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vliegwiel.apps.figures import queries
from vliegwiel.apps.intake import queries as intake
from vliegwiel.apps.trajectories import queries as trajectories
from vliegwiel.science.trajectories import AnalystView, Bridge
from vliegwiel.web.components import FigureBlock
from vliegwiel.web.pages.access import RegionRequest, region_page
from vliegwiel.web.pages.attached import attached_table

from .bridge_blocks import STEPS, bridge_blocks

#: Each count with the key of its source, as youths and trajectories may have their own.
_OF_CBS = ("cbs_youths", "cbs_youths_source", "cbs_trajectories", "cbs_trajectories_source")


@require_safe
@region_page("care_data.view")
def differences(request: RegionRequest, region: Any) -> HttpResponse:
    """A table of steps for each period that messages tell of as a whole."""
    found = trajectories.analysis(trajectories.situation(region))
    blocks: list[FigureBlock] = []
    for bridge, counts in _beside(region, found):
        blocks += bridge_blocks(region, bridge, counts, known=found.on if found else bridge.last)
    context = {
        "blocks": blocks,
        "found": found,
        "made_up": any(block.mark for block in blocks),
    }
    return render(request, "figures/bridge.html", context)


@require_safe
@region_page("care_data.view")
def differences_csv(request: RegionRequest, region: Any) -> HttpResponse:
    """The same as a file; what is not shown is empty."""
    found = trajectories.analysis(trajectories.situation(region))
    rows = []
    for bridge, counts in _beside(region, found):
        for row in bridge.rows:
            cbs = counts.get(row.form)
            steps = (getattr(row, step) for step in STEPS)
            rows.append(
                (
                    *(bridge.period, row.form, *steps),
                    *_with_source(cbs.youths if cbs else None),
                    *_with_source(cbs.trajectories if cbs else None),
                )
            )
    head = ("period", "care_form", *STEPS, *_OF_CBS)
    return attached_table(f"verschil-met-cbs-{region.slug}", head, rows)


def _beside(
    region: Any, found: AnalystView | None
) -> Iterator[tuple[Bridge, Mapping[str, queries.CountsOfCbs]]]:
    """What messages tell of each period, and what CBS counts of it.

    Made-up counts belong to the messages of the demo: not beside any others.
    """
    made_up = intake.has_only_made_up(region)
    for bridge in found.bridges if found else ():
        yield bridge, queries.counts_of_cbs(region, bridge.period, messages_made_up=made_up)


def _with_source(figure: queries.FigureValue | None) -> tuple[int | None, str | None]:
    return (int(figure.value), figure.source.key) if figure else (None, None)

"""Why a number from the region's own messages differs from that of CBS, step by step."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vliegwiel.apps.figures import queries
from vliegwiel.apps.trajectories import queries as trajectories
from vliegwiel.web.components import FigureBlock
from vliegwiel.web.pages.access import RegionRequest, region_page
from vliegwiel.web.pages.attached import attached_table

from .bridge_blocks import STEPS, bridge_blocks


@require_safe
@region_page("care_data.view")
def differences(request: RegionRequest, region: Any) -> HttpResponse:
    """A table of steps for each period that messages tell of as a whole."""
    found = trajectories.analysis(trajectories.situation(region))
    blocks: list[FigureBlock] = []
    for bridge in found.bridges if found else ():
        counts = queries.counts_of_cbs(region, bridge.period)
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
    for bridge in found.bridges if found else ():
        counts = queries.counts_of_cbs(region, bridge.period)
        for row in bridge.rows:
            cbs = counts.get(row.form)
            published = (cbs.youths, cbs.trajectories) if cbs else (None, None)
            rows.append(
                (
                    *(bridge.period, row.form, *(getattr(row, step) for step in STEPS)),
                    *(None if figure is None else int(figure.value) for figure in published),
                )
            )
    head = ("period", "care_form", *STEPS, "cbs_youths", "cbs_trajectories")
    return attached_table(f"verschil-met-cbs-{region.slug}", head, rows)

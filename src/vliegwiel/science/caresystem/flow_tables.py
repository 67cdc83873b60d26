"""Where youths go: lists of probabilities, with what a scenario changes in them.

As in :mod:`.parameters` the first axis of every table is the draw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from .choices import Choice, choice
from .model import BASE, OUT
from .parameters import Floats, Parameters, target_of


class Flows:
    """The lists of flows of one side, each worked out once."""

    def __init__(self, parameters: Parameters) -> None:
        self._parameters = parameters
        self._known: dict[str, Floats] = {}

    def of(self, address: str, outcomes: Sequence[str]) -> Floats:
        """Probabilities of a list of flows by row, shape (B, R, outcomes); the rest is last."""
        if address not in self._known:
            self._known[address] = self._changed(address, outcomes)
        return self._known[address]

    def _changed(self, address: str, outcomes: Sequence[str]) -> Floats:
        parameters = self._parameters
        known = [f"{address}.{name}" for name in outcomes]
        flow = np.zeros((parameters.draws, parameters.rows, len(outcomes)))
        for j, name in enumerate(known):
            if name in parameters.values:
                flow[..., j] = parameters.values[name][:, None]
        complete = outcomes[-1] == BASE  # a list of destinations always adds up to 1
        total = flow.sum(axis=-1, keepdims=True)
        flow /= np.where((total > 1.0) | (complete & (total > 0.0)), total, 1.0)
        flow[..., -1] += np.maximum(0.0, 1.0 - flow.sum(axis=-1))
        for k, intervention in enumerate(parameters.interventions):
            if intervention.target not in known:
                continue
            size, exposure = parameters.size(k)[:, None], parameters.frame.row_exposure[:, k]
            j = known.index(intervention.target)
            if intervention.to is not None:
                amount = flow[..., j] * size * exposure
                flow[..., j] -= amount
                flow[..., outcomes.index(intervention.to)] += amount
            else:
                target = target_of(intervention, flow[..., j], size)
                new = flow[..., j] + exposure * (target - flow[..., j])
                give(flow, j, new, outcomes[-1] == OUT)
        return flow


def give(flow: Floats, j: int, new: Floats, leaving_gives_way: bool) -> None:
    """Give one flow a new probability and share what is left among the others.

    For what comes after care only leaving gives way, unless there is too little of it.
    """
    old, new = flow[..., j].copy(), np.clip(new, 0.0, 1.0)
    others = 1.0 - old
    scale = np.where(others > 0, (1.0 - new) / np.where(others > 0, others, 1.0), 0.0)
    if leaving_gives_way:
        leaving = flow[..., -1] - (new - old)
        kept = others - flow[..., -1]
        room = np.where(kept > 0, (1.0 - new) / np.where(kept > 0, kept, 1.0), 0.0)
        scale = np.where(leaving >= 0, 1.0, room)
        flow *= scale[..., None]
        flow[..., -1] = np.maximum(leaving, 0.0)
    else:
        flow *= scale[..., None]
        flow[..., -1] += np.where(others > 0, 0.0, 1.0 - new)
    flow[..., j] = new


def choices(plain: Flows, actual: Flows, addresses: list[str], outcomes: Sequence[str]) -> Choice:
    """The choices of some owners, which differ from those of the plain side as little as can be."""
    reference = np.stack([plain.of(address, outcomes)[:, 0] for address in addresses], axis=1)
    made = choice(reference[:, None], np.stack([actual.of(a, outcomes) for a in addresses], axis=2))
    return replace(made, reference=made.reference[:, 0])

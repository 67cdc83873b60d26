"""Every way from a table to an effect, by its id; the strongest first."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from . import (
    before_after,
    clusters,
    differences,
    interrupted,
    randomised,
    staggered,
    stepped,
    survival,
    synthetic,
)
from .design import EffectDesign

EFFECT_DESIGNS: Mapping[str, EffectDesign] = MappingProxyType(
    {
        module.DESIGN.id: module.DESIGN
        for module in (
            survival,
            clusters,
            randomised,
            stepped,
            differences,
            staggered,
            synthetic,
            interrupted,
            before_after,
        )
    }
)

__all__ = ["EFFECT_DESIGNS", "EffectDesign"]

"""The yardstick (meetlat): what holds for every figure, such as the rule of small cells."""

from .small_cells import LEAST_SHOWN, Margin, Protected, bounds, protect

__all__ = ["LEAST_SHOWN", "Margin", "Protected", "bounds", "protect"]

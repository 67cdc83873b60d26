"""What pages are made of, as data; `templates/cotton/` draws it."""

from .figure import Download, FigureBlock, Quality
from .table import Column, Table, Tone, Toned

__all__ = ["Column", "Download", "FigureBlock", "Quality", "Table", "Tone", "Toned"]

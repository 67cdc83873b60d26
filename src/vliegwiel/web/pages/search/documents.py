"""Searching what an app gives as a whole document: the agenda, instruments and indicators."""

from collections.abc import Sequence
from typing import Any

from vliegwiel.apps.agenda import queries as agenda
from vliegwiel.apps.instruments import queries as instruments
from vliegwiel.apps.regions.searching import Found, Hit, Sought, find_texts
from vliegwiel.apps.yardstick import queries as yardstick


def find_in_agenda(region: Any, what: Sought, most: int) -> Found:
    """Items, tasks and spearheads of the agenda that was published last."""
    newest = agenda.newest_published(region)
    if newest is None:
        return Found(0, ())
    read = newest.agenda
    hits = [
        *(Hit(part.title, part.text, {"key": part.key}) for part in read.spearheads),
        *(
            Hit(item.title, " ".join([*item.content, item.reason]), {"key": item.key})
            for item in read.items
        ),
        *(Hit(task.title, task.goal, {"key": task.key}, task.level_label) for task in read.tasks),
        *(Hit(part.title, part.text, {"key": part.key}) for part in read.programmes),
    ]
    return _found(hits, what, most)


def find_instruments(region: Any, what: Sought, most: int) -> Found:
    """The instruments that the region may use."""
    hits = [
        Hit(line.title, line.intro, {"pk": line.id}) for line in instruments.instrument_list(region)
    ]
    return _found(hits, what, most)


def find_indicators(region: Any, what: Sought, most: int) -> Found:
    """The indicators that the region may use."""
    hits = [
        Hit(one.name, one.definition, {"code": one.key}, one.unit)
        for one in yardstick.library(region)
    ]
    return _found(hits, what, most)


def _found(hits: Sequence[Hit], what: Sought, most: int) -> Found:
    places = find_texts([(hit.title, hit.text) for hit in hits], what)
    return Found(len(places), [hits[place] for place in places[:most]])

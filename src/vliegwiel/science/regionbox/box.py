"""A region in a box: a care system whose truth is known, and the messages it would send."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.caresystem import CareSystem, Histories, histories

from .catalogue import Catalogue, catalogue_of
from .courses import Courses, courses_of
from .errors import BoxError
from .options import BoxOptions
from .periods import Periods, periods_of
from .persons import Persons, persons_of
from .schedule import Schedule, schedule_of

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Box:
    """Everything about a generated region but the text of its messages, as arrays.

    A message is a row of some numbers in ``schedule``; its text is made when it is written.
    """

    system: CareSystem
    options: BoxOptions
    histories: Histories
    persons: Persons
    catalogue: Catalogue
    courses: Courses
    periods: Periods
    schedule: Schedule
    first_volume: Ints


def box_of(system: CareSystem, options: BoxOptions) -> Box:
    """A region from a care system: the same document and options give the same region.

    The care system begins on the first day of the options, whatever day stands in it.

    Raises :class:`.errors.BoxError` for a region without youths or with more of them than there
    are numbers that nobody has, or with more care types of a group than categories.
    """
    dated = system.model_copy(update={"start": options.start})
    found = histories(dated, options.months, options.seed, scale=options.scale)
    if not len(found):
        raise BoxError("nobody")
    persons = persons_of(found, options.seed)
    catalogue = catalogue_of(dated, found, providers=options.providers, seed=options.seed)
    courses = courses_of(found, persons, catalogue, options)
    providers = len(catalogue.agb)
    periods = periods_of(courses, options, providers)
    return Box(
        system=dated,
        options=options,
        histories=found,
        persons=persons,
        catalogue=catalogue,
        courses=courses,
        periods=periods,
        schedule=schedule_of(courses, periods, providers, options),
        first_volume=periods.volume[periods.nth == 0],
    )

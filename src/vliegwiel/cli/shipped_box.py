"""Tables of a generated region, for the demo: what is offered, and figures of municipalities."""

from functools import cache

from django.utils import timezone

from vliegwiel import reference
from vliegwiel.apps.figures import queries as figures
from vliegwiel.apps.figures import services as figure_services
from vliegwiel.apps.offers import queries as offers
from vliegwiel.apps.offers import services as offer_services
from vliegwiel.apps.regions import queries as regions
from vliegwiel.apps.regions.services import system_user
from vliegwiel.science.caresystem import read_care_system
from vliegwiel.science.regionbox import (
    Box,
    BoxOptions,
    box_of,
    municipal_figures_csv,
    offers_csv,
)

from .language import gettext as _
from .language import ngettext
from .steps import Report

_REGION = "ijsselland"
#: A fifth of the region; no youth and no provider is real.
OPTIONS = BoxOptions(months=36, scale=0.2, seed=1)


def make_offers(report: Report) -> str:
    """Loads what the providers of a generated region offer, marked as made up; once."""
    region = regions.region_by_slug(_REGION)
    if region is None or reference.care_system_file(_REGION) is None:
        return _("nothing to generate them from")
    today = timezone.localdate()
    if not offers.find_offers(region, offers.OfferWanted(), on=today):
        offer_services.load_offers(
            region=region,
            name="generated-offers.csv",
            content=offers_csv(_box()).encode(),
            by=system_user(),
        )
    report(1, 1)
    found = offers.find_offers(region, offers.OfferWanted(), on=today)
    words = ngettext("%(number)d made-up offer", "%(number)d made-up offers", len(found))
    return words % {"number": len(found)}


def load_municipal_figures(report: Report) -> str:
    """Loads made-up figures of municipalities, where there are none; once.

    Those of the region itself are published, and must not have made-up ones beside them.
    """
    region = regions.region_by_slug(_REGION)
    if region is None or reference.care_system_file(_REGION) is None:
        return _("nothing to generate them from")
    if not figures.municipal_subjects(region):
        figure_services.load_figures(
            region=region,
            name="generated-figures.csv",
            content=municipal_figures_csv(_box()).encode(),
            by=system_user(),
        )
    report(1, 1)
    number = sum(len(subject.periods) for subject in figures.municipal_subjects(region))
    words = ngettext("%(number)d made-up table", "%(number)d made-up tables", number)
    return words % {"number": number}


@cache
def _box() -> Box:
    """Made only where something is loaded from it: a second start of the demo is quick."""
    return box_of(read_care_system(_document()), OPTIONS)


def _document() -> bytes:
    file = reference.care_system_file(_REGION)
    assert file is not None, "whoever loads a table asked"
    return file.content

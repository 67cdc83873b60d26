"""Every read of offers and providers."""

from vliegwiel.apps.offers.offer_table import file_headings
from vliegwiel.apps.offers.vocabulary import (
    LONGEST_CODE,
    LONGEST_NAME,
    LONGEST_TEXT,
    LONGEST_WAIT,
    MOST_PLACES,
    OLDEST,
    YOUNGEST,
    Cover,
    DataMark,
    OfferedForm,
    WaitSource,
    WaitUntil,
)

from .comparing import (
    ComparedForm,
    ComparedWait,
    Comparison,
    PublishedUntil,
    PublishedWait,
    Reason,
    stated_beside_measured,
)
from .covering import Covering, CoveringCell, CoveringRow, covering
from .finding import search_offers, search_providers
from .providers import KnownProvider, known_providers, provider_names
from .register import (
    OfferDetail,
    OfferLine,
    OfferWanted,
    WaitLine,
    find_offers,
    offer_detail,
    register_mark,
)

__all__ = [
    "LONGEST_CODE",
    "LONGEST_NAME",
    "LONGEST_TEXT",
    "LONGEST_WAIT",
    "MOST_PLACES",
    "OLDEST",
    "YOUNGEST",
    "ComparedForm",
    "ComparedWait",
    "Comparison",
    "Cover",
    "Covering",
    "CoveringCell",
    "CoveringRow",
    "DataMark",
    "KnownProvider",
    "OfferDetail",
    "OfferLine",
    "OfferWanted",
    "OfferedForm",
    "PublishedUntil",
    "PublishedWait",
    "Reason",
    "WaitLine",
    "WaitSource",
    "WaitUntil",
    "covering",
    "file_headings",
    "find_offers",
    "known_providers",
    "offer_detail",
    "provider_names",
    "register_mark",
    "search_offers",
    "search_providers",
    "stated_beside_measured",
]

"""Every read of instruments and rounds."""

from vliegwiel.apps.instruments.sentences import KINDS, OF, USES, YES_NO

from .answers import Answering, Invited, answering, invited
from .instruments import (
    InstrumentDetail,
    InstrumentLine,
    instrument_by_key,
    instrument_detail,
    instrument_list,
)
from .results import (
    EarlierRound,
    Said,
    Spoken,
    compared,
    earlier_rounds,
    said_by,
    scanned,
    spoken,
    spoken_in,
)
from .rounds import PartyLine, RoundDetail, RoundLine, round_detail, round_list, rounds_due

__all__ = [
    "KINDS",
    "OF",
    "USES",
    "YES_NO",
    "Answering",
    "EarlierRound",
    "InstrumentDetail",
    "InstrumentLine",
    "Invited",
    "PartyLine",
    "RoundDetail",
    "RoundLine",
    "Said",
    "Spoken",
    "answering",
    "compared",
    "earlier_rounds",
    "instrument_by_key",
    "instrument_detail",
    "instrument_list",
    "invited",
    "round_detail",
    "round_list",
    "rounds_due",
    "said_by",
    "scanned",
    "spoken",
    "spoken_in",
]

"""The instruments that ship, and made-up rounds for the demo."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vliegwiel.apps.instruments import queries
from vliegwiel.apps.instruments import services as instrument_services
from vliegwiel.apps.instruments.services import NewParty
from vliegwiel.apps.regions import queries as regions
from vliegwiel.apps.regions.services import system_user
from vliegwiel.science.questionnaires import Answered, Choice, Instrument, generated_answers

from .language import gettext as _
from .language import ngettext
from .steps import Report

if TYPE_CHECKING:
    from vliegwiel.apps.regions.models import Region

_DEMO_REGION = "ijsselland"
# Forty respondents: with as many, whole points can have exactly the means of the sector.
_ORGANISATIONS, _RESPONDENTS, _SEED = 5, 8, 1


def load_instruments(report: Report) -> str:
    """Loads what ships for every region."""
    number = instrument_services.load_shipped(by=system_user())
    report(1, 1)
    words = ngettext("%(number)d instrument", "%(number)d instruments", number)
    return words % {"number": number}


def make_rounds(report: Report) -> str:
    """Holds a maturity scan and compares access models, with made-up answers; once."""
    region = regions.region_by_slug(_DEMO_REGION)
    if region is not None and not queries.round_list(region):
        _scan(region)
        report(1, 2)
        _access_models(region)
    report(2, 2)
    number = len(queries.round_list(region)) if region is not None else 0
    words = ngettext("%(number)d round", "%(number)d rounds", number)
    return words % {"number": number}


def _scan(region: "Region") -> None:
    """A scan with the very profile that the sector had in 2023."""
    pk, instrument = _instrument(region, "maturity-scan")
    names = [_("Made-up organisation %(n)d") % {"n": n + 1} for n in range(_ORGANISATIONS)]
    means = {a.key: a.compare for a in instrument.aspects if a.compare is not None}
    parties = dict.fromkeys(names, _RESPONDENTS)
    answers = generated_answers(instrument, parties, means, seed=_SEED)
    title = _("Made-up scan with the profile of the sector")
    round_id = _hold(region, pk, title, [NewParty(name) for name in names], answers)
    instrument_services.close_round(region=region, round_id=round_id, by=system_user())


def _access_models(region: "Region") -> None:
    pk, instrument = _instrument(region, "access-models")
    places = regions.municipalities_of(region)
    answers = [
        Answered(place.name, {q.key: _chosen(q.choices, row, q.key) for q in instrument.questions})
        for row, place in enumerate(places)
    ]
    parties = [NewParty(place.name, place.code) for place in places]
    _hold(region, pk, _("Made-up comparison of the access"), parties, answers)


def _chosen(choices: Sequence[Choice], row: int, key: str) -> str:
    """Some answers alike in all municipalities, others not."""
    if not choices:
        return "no" if key == "aftercare" and row % 3 == 0 else "yes"
    keys = [choice.key for choice in choices]
    return keys[row % len(keys)] if key in ("model", "scope", "service") else keys[0]


def _instrument(region: "Region", key: str) -> tuple[int, Instrument]:
    for line in queries.instrument_list(region):
        detail = queries.instrument_detail(region, line.id)
        if detail is not None and not line.owner and detail.instrument.key == key:
            return line.id, detail.instrument
    raise LookupError(key)


def _hold(
    region: "Region",
    instrument_id: int,
    title: str,
    parties: Sequence[NewParty],
    answers: Sequence[Answered],
) -> int:
    by = system_user()
    round_id = instrument_services.open_round(
        region=region,
        instrument_id=instrument_id,
        title=title,
        parties=parties,
        again_on=None,
        by=by,
        mark="generated",
    )
    instrument_services.add_example(region=region, round_id=round_id, answers=answers, by=by)
    return round_id

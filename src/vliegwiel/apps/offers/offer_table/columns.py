"""The columns of a table of offers: what each is called in English and Dutch, and what it holds."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_noop as _

from vliegwiel.apps.figures.sheets import Column, in_words

_COLUMNS = (
    Column("provider_code", "agb_code", _("AGB code of the provider: eight digits"), True),
    Column("provider", "aanbieder", _("name of the provider"), True),
    Column("offer_code", "aanbodcode", _("code of the offer, of your own choice"), True),
    Column("offer", "aanbod", _("what is offered, in a few words"), True),
    Column("care_form", "zorgvorm", _("form of care: a word from the list below"), True),
    Column("target_group", "doelgroep", _("for whom it is, in a few words")),
    Column("age_from", "leeftijd_van", _("from which age, in years"), True),
    Column("age_to", "leeftijd_tot_en_met", _("up to and including which age"), True),
    Column(
        "municipalities", "gemeenten",
        _("municipalities with | between them, by name or code, or: all"), True,
    ),
    Column("free", "vrij_inzetbaar", _("freely usable: yes or no"), True),
    Column("places", "plaatsen", _("number of places")),
    Column("starts_on", "vanaf", _("first day on which it is offered")),
    Column("ends_on", "tot_en_met", _("last day on which it is offered")),
    Column("wait_days", "wachttijd_dagen", _("wait in days; empty when not known")),
    Column("wait_until", "wachttijd_tot", _("until when the wait runs: start or intake")),
    Column("wait_on", "wachttijd_op", _("day on which this was said")),
    Column("wait_source", "wachttijd_bron", _("who says it: published, stated or measured")),
    Column("wait_place", "wachttijd_vindplaats", _("where it says so: a page or document")),
    Column("mark", "herkomst", _("empty, or generated or example for made-up rows")),
)  # fmt: skip

COLUMNS: Mapping[str, Column] = {column.name: column for column in _COLUMNS}

#: Dutch words that a cell may hold in place of ours.
DUTCH_WORDS: Mapping[str, str] = {
    "ja": "yes",
    "nee": "no",
    "alle": "all",
    "start": "start",
    "intake": "intake",
    "gepubliceerd": "published",
    "opgegeven": "stated",
    "gemeten": "measured",
    "gegenereerd": "generated",
    "verzonnen": "generated",
    "voorbeeld": "example",
}


def file_headings() -> Sequence[Column]:
    """The columns in their order, for who makes a file."""
    return in_words(_COLUMNS)

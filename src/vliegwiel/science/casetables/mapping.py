"""What the columns of a table of a case system mean, as somebody settled it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from vliegwiel.reference import category_forms, message_codes

_RELEASE = "3.2"


class Role(StrEnum):
    """What a column can hold."""

    YOUTH = "youth"
    MUNICIPALITY = "municipality"
    PRODUCT = "product"
    PROVIDER = "provider"
    ASSIGNED = "assigned"
    NUMBER = "number"
    BORN = "born"
    FROM = "from"
    UNTIL = "until"
    START = "start"
    END = "end"
    REASON = "reason"
    REFERRER = "referrer"
    REQUESTED = "requested"


#: Without these a row is no course of help.
REQUIRED = (Role.YOUTH, Role.MUNICIPALITY, Role.PRODUCT, Role.PROVIDER, Role.ASSIGNED)
DATES = frozenset(
    {Role.ASSIGNED, Role.BORN, Role.FROM, Role.UNTIL, Role.START, Role.END, Role.REQUESTED}
)
#: Roles whose values stand for codes of the standard, or of a register.
CODED = (Role.PRODUCT, Role.PROVIDER, Role.REASON, Role.REFERRER)

DateForm = Literal["yyyy-mm-dd", "dd-mm-yyyy", "mm/dd/yyyy", "yyyymmdd"]
#: How a date is written -> how it is read, with - for every sign between.
DATE_FORMS: Mapping[DateForm, str] = MappingProxyType(
    {
        "yyyy-mm-dd": "%Y-%m-%d",
        "dd-mm-yyyy": "%d-%m-%Y",
        "mm/dd/yyyy": "%m-%d-%Y",
        "yyyymmdd": "%Y%m%d",
    }
)

_WORDS: Mapping[Role, tuple[str, ...]] = MappingProxyType(
    {
        Role.YOUTH: ("bsn", "pseudoniem", "clientid", "clientnummer", "jeugdigeid", "youth"),
        Role.MUNICIPALITY: ("gemeente", "gemeentecode", "municipality", "woonplaats"),
        Role.PRODUCT: ("product", "productcode", "productcategorie", "zorgvorm", "voorziening"),
        Role.PROVIDER: ("aanbieder", "agb", "agbcode", "zorgaanbieder", "provider"),
        Role.ASSIGNED: ("toewijzingsdatum", "besluitdatum", "beschikkingsdatum", "assigned"),
        Role.NUMBER: ("toewijzingnummer", "toewijzingsnummer", "beschikkingsnummer", "number"),
        Role.BORN: ("geboortedatum", "geboren", "born"),
        Role.FROM: ("ingangsdatum", "toewijzingingangsdatum", "geldigvanaf", "from"),
        Role.UNTIL: ("toewijzingeinddatum", "geldigtot", "geldigtotenmet", "until"),
        Role.START: ("startdatum", "startzorg", "begindatum", "aanvangzorg", "start"),
        Role.END: ("einddatum", "stopdatum", "eindezorg", "end"),
        Role.REASON: ("redenbeeindiging", "redeneinde", "stopreden", "reason"),
        Role.REFERRER: ("verwijzer", "typeverwijzer", "referrer"),
        Role.REQUESTED: ("aanvraagdatum", "aanmelddatum", "verzoekdatum", "requested"),
    }
)


class TableMapping(BaseModel):
    """What a table means: the heading of each role, how dates are written, and codes by own code.

    ``headings`` are all of the table, so that the next one is known by them. ``ids`` says whether
    the youth is named by a citizen service number or by a number of the system itself.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    headings: tuple[str, ...]
    columns: Mapping[Role, str]
    date_form: DateForm = "dd-mm-yyyy"
    ids: Literal["bsn", "own"] = "bsn"
    codes: Mapping[Role, Mapping[str, str]] = Field(default_factory=dict)

    def fits(self, headings: tuple[str, ...]) -> bool:
        """Whether a table has the same columns, in whatever order."""
        return sorted(map(str.casefold, headings)) == sorted(map(str.casefold, self.headings))

    def code(self, role: Role, own: str) -> str | None:
        """The code that an own value stands for; None when nobody settled it."""
        settled = self.codes.get(role, {}).get(own)
        return settled or known_code(role, own)


def known_code(role: Role, own: str) -> str | None:
    """The code of a value that needs no settling, because it is one already."""
    if role is Role.PRODUCT:
        # A product code of the standard begins with its category.
        return own[:2] if own[:2] in category_forms() and len(own) in {2, 5} else None
    if role is Role.PROVIDER:
        return own if len(own) == 8 and own.isascii() and own.isdigit() else None
    return own if own in codes_of(role) else None


def codes_of(role: Role) -> Mapping[str, Mapping[str, str]]:
    """The codes that values of a role can stand for, with what they are called by language."""
    if role not in _LISTS:
        return {}
    found = message_codes(_RELEASE)[_LISTS[role]]
    return {code: {"nl": row.nl, "en": row.en} for code, row in found.items()}


_LISTS: Mapping[Role, str] = MappingProxyType(
    {Role.PRODUCT: "JZ020", Role.REASON: "JZ588", Role.REFERRER: "COD327"}
)


def proposed_roles(headings: tuple[str, ...]) -> Mapping[Role, str]:
    """Which column is which, by its heading; each column and each role at most once."""
    found: dict[Role, str] = {}
    for role, words in _WORDS.items():
        for word in words:
            same = [one for one in headings if _plain(one) == word and one not in found.values()]
            if same:
                found[role] = same[0]
                break
    return found


def proposed_form(values: tuple[str, ...]) -> DateForm | None:
    """The form in which all of these are dates, if there is one."""
    told = [value for value in values if value]
    for form in DATE_FORMS:
        if told and all(day_of(value, form) is not None for value in told):
            return form
    return None


def day_of(text: str, form: DateForm) -> date | None:
    """The day that a text names in this form; a workbook writes days in the first form itself."""
    plain = text.split(" ", maxsplit=1)[0].replace("/", "-").replace(".", "-")
    for pattern in (DATE_FORMS[form], DATE_FORMS["yyyy-mm-dd"]):
        try:
            return datetime.strptime(plain, pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def masked(text: str) -> str:
    """The shape of a value without what it says: digits are 9, letters a or A."""
    shape = (
        "9" if c.isdigit() else "A" if c.isupper() else "a" if c.isalpha() else c for c in text
    )
    return "".join(shape)[:30]


def _plain(heading: str) -> str:
    folded = heading.casefold().replace("ë", "e").replace("ï", "i")
    return "".join(c for c in folded if c.isalnum())

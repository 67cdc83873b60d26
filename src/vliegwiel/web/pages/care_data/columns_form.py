"""The form in which somebody says what the columns of a table mean.

What was seen of the table goes with the form, signed: headings, the shapes of values, and the codes
of products, providers, reasons and referrers. No other value of the table leaves the request.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django import forms
from django.core import signing
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from vliegwiel.science.casetables import (
    CODED,
    DATE_FORMS,
    DATES,
    REQUIRED,
    CaseTable,
    Role,
    TableMapping,
    codes_of,
    known_code,
    masked,
    proposed_form,
    proposed_roles,
)

#: More different values than this are no codes.
MOST_CODES = 300
_EXAMPLES = 3
_SALT = "care-data-columns"

ROLES: Mapping[Role, str | Promise] = {
    Role.YOUTH: gettext_lazy("Number of the youth"),
    Role.MUNICIPALITY: gettext_lazy("Municipality"),
    Role.PRODUCT: gettext_lazy("Product or form of care"),
    Role.PROVIDER: gettext_lazy("Provider"),
    Role.ASSIGNED: gettext_lazy("Day of the assignment"),
    Role.NUMBER: gettext_lazy("Number of the assignment"),
    Role.BORN: gettext_lazy("Date of birth"),
    Role.FROM: gettext_lazy("Assigned from"),
    Role.UNTIL: gettext_lazy("Assigned until"),
    Role.START: gettext_lazy("First day of care"),
    Role.END: gettext_lazy("Last day of care"),
    Role.REASON: gettext_lazy("Reason of the end"),
    Role.REFERRER: gettext_lazy("Referrer"),
    Role.REQUESTED: gettext_lazy("Day of the request"),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of a table. `own` holds the values of a column that are no code by themselves.

    `shown` tells of which column the values of a role were looked at.
    """

    headings: tuple[str, ...]
    shapes: Sequence[str]
    roles: Mapping[str, str] = field(default_factory=dict)
    date_form: str = "dd-mm-yyyy"
    shown: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def packed(self) -> str:
        return signing.dumps(asdict(self), salt=_SALT, compress=True)

    @classmethod
    def unpacked(cls, text: str) -> "Seen | None":
        """What goes with a form; None when it is not as we gave it."""
        try:
            found = signing.loads(text, salt=_SALT)
        except signing.BadSignature:
            return None
        return cls(**{**found, "headings": tuple(found["headings"])})


def look(table: CaseTable, roles: Mapping[Role, str] | None = None) -> Seen:
    """What there is to see of a table, with the roles that were chosen or are proposed."""
    chosen = proposed_roles(table.headings) if roles is None else roles
    columns = {name: _values(table, at) for at, name in enumerate(table.headings)}
    dates = tuple(v for role, name in chosen.items() if role in DATES for v in columns[name])
    own = {
        role.value: sorted({v for v in columns[chosen[role]] if v and known_code(role, v) is None})
        for role in CODED
        if role in chosen
    }
    return Seen(
        headings=table.headings,
        shapes=[_shape(columns[name]) for name in table.headings],
        roles={name: role.value for role, name in chosen.items()},
        date_form=proposed_form(dates) or "dd-mm-yyyy",
        shown={role.value: chosen[role] for role in CODED if role in chosen},
        own={role: values[: MOST_CODES + 1] for role, values in own.items()},
    )


def _values(table: CaseTable, at: int) -> Sequence[str]:
    return [cells[at] for _line, cells in table.rows]


def _shape(values: Sequence[str]) -> str:
    """The shapes of values that occur most, and how many cells are empty."""
    shapes = Counter(masked(value) for value in values if value)
    told = [shape for shape, _count in shapes.most_common(_EXAMPLES)]
    empty = sum(not value for value in values)
    if empty:
        told.append(_("%(n)s empty") % {"n": empty})
    return ", ".join(told)


class ColumnsForm(forms.Form):
    """A choice for each column, and for each code that nobody knows yet."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=60,
        help_text=gettext_lazy("Such as the name of the system that the table comes from."),
    )
    ids = forms.ChoiceField(
        label=gettext_lazy("How is a youth named?"),
        choices=[
            ("own", gettext_lazy("By a number or pseudonym of the system")),
            ("bsn", gettext_lazy("By citizen service number (BSN)")),
        ],
        widget=forms.RadioSelect,
    )
    date_form = forms.ChoiceField(
        label=gettext_lazy("How are dates written?"),
        choices=[(form, form) for form in DATE_FORMS],
    )

    def __init__(self, seen: Seen, data: Any = None) -> None:
        super().__init__(data, initial={"date_form": seen.date_form, "ids": "own"})
        self.seen = seen
        choices = [("", _("Not used")), *((role.value, text) for role, text in ROLES.items())]
        for at, (heading, shape) in enumerate(zip(seen.headings, seen.shapes, strict=True)):
            self.fields[f"role_{at}"] = forms.ChoiceField(
                label=heading,
                choices=choices,
                required=False,
                initial=seen.roles.get(heading, ""),
                help_text=_("Looks like: %(shape)s") % {"shape": shape} if shape else "",
            )
        for role in CODED:
            for number, own in enumerate(seen.own.get(role.value, ())[:MOST_CODES]):
                self.fields[f"code_{role.value}_{number}"] = _code_field(role, own)

    @property
    def columns(self) -> Iterator[Any]:
        """The fields of columns."""
        return (self[f"role_{at}"] for at in range(len(self.seen.headings)))

    @property
    def codes(self) -> Sequence[tuple[str, Sequence[Any]]]:
        """The fields of codes under what they are codes of."""
        groups = [
            (str(ROLES[role]), [self[name] for name in self.fields if _is_of(name, role)])
            for role in CODED
        ]
        return [(title, fields) for title, fields in groups if fields]

    def clean(self) -> dict[str, Any]:
        chosen = self._chosen()
        counts = Counter(chosen.values())
        for name, role in chosen.items():
            if counts[role] > 1:
                self.add_error(name, _("Two columns cannot mean the same."))
        for role in REQUIRED:
            if role not in counts:
                words = _("Choose which column is: %(role)s.")
                self.add_error(None, words % {"role": ROLES[role]})
        for name, role in chosen.items():
            if role not in CODED or counts[role] > 1:
                continue
            if self.seen.shown.get(role.value) != str(self.fields[name].label):
                self.add_error(
                    name, _("Choose the file once more below: its codes are not known yet.")
                )
            elif len(self.seen.own.get(role.value, ())) > MOST_CODES:
                self.add_error(name, _("This column holds too many different values to be codes."))
        return self.cleaned_data

    def _chosen(self) -> Mapping[str, Role]:
        """Names of the fields of columns that mean something -> what."""
        names = [f"role_{at}" for at in range(len(self.seen.headings))]
        given = {name: self.cleaned_data.get(name, "") for name in names}
        return {name: Role(value) for name, value in given.items() if value}

    def mapping(self) -> TableMapping:
        """What was settled. The form must be valid."""
        codes: dict[Role, dict[str, str]] = {}
        for role in CODED:
            for number, own in enumerate(self.seen.own.get(role.value, ())):
                code = self.cleaned_data.get(f"code_{role.value}_{number}")
                if code:
                    codes.setdefault(role, {})[own] = code
        return TableMapping(
            headings=self.seen.headings,
            columns={role: str(self.fields[name].label) for name, role in self._chosen().items()},
            date_form=self.cleaned_data["date_form"],
            ids=self.cleaned_data["ids"],
            codes=codes,
        )

    def roles_given(self) -> Mapping[Role, str]:
        """The roles as they were chosen, for a new look at the file; twice chosen counts once."""
        found: dict[Role, str] = {}
        for at, heading in enumerate(self.seen.headings):
            value = self.data.get(f"role_{at}", "")
            if value in set(Role):
                found.setdefault(Role(value), heading)
        return found


def _is_of(name: str, role: Role) -> bool:
    return name.startswith(f"code_{role.value}_")


def _code_field(role: Role, own: str) -> forms.Field:
    if role is Role.PROVIDER:
        return forms.RegexField(
            r"^[0-9]{8}$",
            label=own,
            error_messages={"invalid": _("An AGB code has eight digits.")},
            help_text=_("AGB code, eight digits"),
        )
    language = "en" if (get_language() or "nl").startswith("en") else "nl"
    known = [(code, f"{code} {texts[language]}") for code, texts in codes_of(role).items()]
    return forms.ChoiceField(label=own, choices=[("", _("Choose a code")), *known])

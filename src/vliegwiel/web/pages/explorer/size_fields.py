"""The fields of one change in the form: how much and which way, and how uncertain that is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.apps.explorer import changes
from vliegwiel.apps.explorer.sizes import Scale, Size, scale_of, size_of
from vliegwiel.science.caresystem import CareSystem, Intervention

LESS, MORE = "less", "more"
#: The likeliest number, and the two ends of the range.
NUMBERS = ("value", "small", "large")
#: Beside each, where there are two ways, which way it is.
WAYS = ("way", "small_way", "large_way")
#: What belongs to the range alone.
RANGE = ("small", "small_way", "large", "large_way")
_SAME = 1e-9

Errors = Iterator[tuple[str, str]]


@dataclass(frozen=True)
class SizeFields:
    """One change of the scenario as fields with the number of the change behind their name.

    Numbers are typed without a sign; where a change can go two ways, a choice beside the number
    says which. `old` is the size as it is now, as people see it.
    """

    index: int
    item: Intervention
    what: str
    scale: Scale
    old: Size

    @classmethod
    def of(cls, index: int, item: Intervention, system: CareSystem) -> "SizeFields":
        scale = scale_of(item)
        what = changes.what(item, system)
        return cls(index, item, what, scale, scale.show_size(size_of(item.size)))

    def name(self, part: str) -> str:
        return f"{part}_{self.index}"

    def names(self, *parts: str) -> list[str]:
        return [self.name(part) for part in parts]

    def fields(self) -> dict[str, forms.Field]:
        """By name, in the order of the page."""
        found: dict[str, forms.Field] = {}
        for part, label in zip(NUMBERS, self._labels(), strict=True):
            found[self.name(part)] = self._number(label)
            if self.scale.direction is not None:
                found[self._way_of(part)] = self._way(label)
        found[self.name("keep")] = forms.BooleanField(
            label=format_lazy("{}: {}", self.what, gettext_lazy("let the range stay")),
            required=False,
        )
        return found

    def initial(self) -> dict[str, Any]:
        small, large = self.scale.ends(self.old)
        signed = dict(zip(NUMBERS, (self.old.value, small, large), strict=True))
        # Nothing at all goes the way of the other numbers.
        usual = self.old.value or large or small
        found: dict[str, Any] = {}
        for part, number in signed.items():
            found[self.name(part)] = number if self.scale.direction is None else abs(number)
            if self.scale.direction is not None:
                found[self._way_of(part)] = LESS if (number or usual) < 0 else MORE
        return found

    def read(self, data: Mapping[str, Any]) -> Size | None:
        """What was typed; None while a number is missing.

        When only the likeliest number is another, the range moves along with it.
        """
        value, small, large = (self._signed(part, data) for part in NUMBERS)
        if value is None or small is None or large is None:
            return None
        if self.moves(data):
            return self.scale.follow(self.old, value)
        return Size(value, min(small, large), max(small, large))

    def moves(self, data: Mapping[str, Any]) -> bool:
        """Whether the range moves along: only the likeliest number was changed."""
        value, small, large = (self._signed(part, data) for part in NUMBERS)
        if value is None or small is None or large is None or data.get(self.name("keep")):
            return False
        ends = zip((small, large), self.scale.ends(self.old), strict=True)
        untouched = all(abs(now - was) < _SAME for now, was in ends)
        return untouched and abs(value - self.old.value) >= _SAME

    def document_size(self, shown: Size) -> Size:
        """In the unit of the document; a number that was left alone is exactly the old one."""
        old = size_of(self.item.size)
        return Size(
            *(
                was if abs(now - before) < _SAME else self.scale.read(now)
                for now, before, was in zip(shown, self.old, old, strict=True)
            )
        )

    def faults(self, data: Mapping[str, Any]) -> Errors:
        """What is wrong between the numbers: name of the field and what to do."""
        for part in NUMBERS:
            number = self._signed(part, data)
            if number is not None and self.scale.possible(number) != number:
                most = self.scale.words(self.scale.possible(number))
                yield self.name(part), _("This cannot be more than %(most)s.") % {"most": most}
                return
        shown = self.read(data)
        if shown is not None and not shown.low <= shown.value <= shown.high:
            words = {"range": self.scale.range_words(shown)}
            yield (
                self.name("value"),
                _("This lies outside the range, %(range)s. Change the number or the range.")
                % words,
            )

    def moved_words(self, data: Mapping[str, Any]) -> str:
        """Where the range is now, when it moved along; else nothing."""
        shown = self.read(data) if self.moves(data) else None
        if shown is None or shown.low == shown.high:
            return ""
        return f"{self.what}: {self.scale.range_words(shown)}"

    def _labels(self) -> list[Any]:
        """Whole labels, for the list of faults above the form."""
        ends = (gettext_lazy("small effect"), gettext_lazy("large effect"))
        return [self.what, *(format_lazy("{}: {}", self.what, end) for end in ends)]

    def _number(self, label: Any) -> forms.FloatField:
        field = forms.FloatField(
            label=label,
            localize=True,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        )
        # Beside a choice of the way a number has no sign; a growth, which has none, may have one.
        least = self.scale.least if self.scale.direction is None else 0
        field.validators.append(MinValueValidator(least, self._too_small(least)))
        return field

    def _too_small(self, least: float) -> Any:
        direction = self.scale.direction
        if direction is None:
            return format_lazy(
                gettext_lazy("Type a number of {least} or more."), least=f"{least:g}"
            )
        return format_lazy(
            gettext_lazy("Type the number without a minus. Choose beside it: {less} or {more}."),
            less=direction.less,
            more=direction.more,
        )

    def _way(self, label: Any) -> forms.ChoiceField:
        assert self.scale.direction is not None
        return forms.ChoiceField(
            label=format_lazy("{}: {}", label, gettext_lazy("which way")),
            choices=[
                (
                    LESS,
                    format_lazy(gettext_lazy("{word} than now"), word=self.scale.direction.less),
                ),
                (
                    MORE,
                    format_lazy(gettext_lazy("{word} than now"), word=self.scale.direction.more),
                ),
            ],
        )

    def _way_of(self, part: str) -> str:
        return self.name("way" if part == "value" else f"{part}_way")

    def _signed(self, part: str, data: Mapping[str, Any]) -> float | None:
        number: float | None = data.get(self.name(part))
        if number is None:
            return None
        if self.scale.direction is None:
            return number
        way = data.get(self._way_of(part))
        if way not in (LESS, MORE):
            return None
        return -abs(number) if way == LESS else abs(number)

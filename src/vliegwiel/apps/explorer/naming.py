"""Names of scenarios: each region has every name once, so that people know which one they mean."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from django.utils.translation import gettext as _
from django.utils.translation import override

from vliegwiel.science.caresystem import Text

#: As long as the field of the form; the number at the end must stay.
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Names:
    """The names that other scenarios of the region have, in both languages, without capitals."""

    taken: frozenset[str]

    @classmethod
    def of(cls, titles: Iterable[Text]) -> "Names":
        return cls(frozenset(name for title in titles for name in _both(title)))

    def has(self, title: Text) -> bool:
        """Whether another scenario has this name, in either language."""
        return not self.taken.isdisjoint(_both(title))

    def suggested(self, base: Text) -> Text:
        """A free name for a copy: the name of what is copied, and the number of the copy."""
        return next(found for found in _copies(base) if not self.has(found))


def _copies(base: Text) -> Iterator[Text]:
    for number in count(1):
        yield Text(nl=_own(base.nl, number, "nl"), en=_own(base.en, number, "en"))


def _both(title: Text) -> Iterator[str]:
    yield from (" ".join(words.split()).casefold() for words in (title.nl, title.en))


def _own(title: str, number: int, language: str) -> str:
    with override(language):
        ending = _(", own version %(number)s") % {"number": number}
    return f"{title[: LONGEST - len(ending)]}{ending}"

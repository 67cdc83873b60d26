"""What can be wrong with a region that somebody asks for.

ScienceError
  BoxError      this region cannot be made; ``code`` says why
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from vliegwiel.science.kernel import ScienceError

#: Code -> English sentence with named parameters; also the message ids of the translations.
BOX_MESSAGES: Mapping[str, str] = MappingProxyType(
    {
        "outside": "“%(name)s” must lie between %(low)s and %(high)s, not %(value)s.",
        "start": "The start must be the first of a month after %(day)s, not %(value)s.",
        "rejected_unanswered": (
            "Without answers no message can be rejected: set “rejected” to 0 as well."
        ),
        "nobody": "Nobody needs care in a region of this size; make it larger.",
        "too_many_youths": (
            "There are numbers that nobody has for %(most)s youths, not for %(count)s."
        ),
        "no_category": "The standard has no category left for the care type “%(care_type)s”.",
    }
)


class BoxError(ScienceError):
    """A region cannot be made; ``code`` is one of BOX_MESSAGES, ``params`` go into its sentence."""

    def __init__(self, code: str, **params: object) -> None:
        self.code = code
        self.params: Mapping[str, str] = {name: str(value) for name, value in params.items()}
        super().__init__(BOX_MESSAGES[code] % self.params)

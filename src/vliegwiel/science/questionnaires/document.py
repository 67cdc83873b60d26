"""A questionnaire as a document: what is asked, in which kinds, and what belongs together.

A document has a version and is never changed once it was answered. Words are in both languages;
what a region writes itself stands twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import cached_property
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from vliegwiel.reference import BilingualText


class Frozen(BaseModel):
    """Base of what stands in a document: it cannot change, and a field nobody knows is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid")


#: A name for programs: small letters, digits and dashes.
Key = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


class AnswerKind(StrEnum):
    """How a question is answered. Only a scale counts in a score."""

    SCALE = "scale"
    CHOICE = "choice"
    YES_NO = "yes_no"
    NUMBER = "number"
    TEXT = "text"


class Use(StrEnum):
    """What the answers are for, and with it who may see which."""

    #: Many respondents, seen as means of groups that are large enough.
    SCAN = "scan"
    #: One answer per subject (a municipality, a pilot), read beside each other.
    COMPARISON = "comparison"
    #: What was said, question by question.
    CONVERSATION = "conversation"


class Of(StrEnum):
    """What each party of a session is."""

    ORGANISATION = "organisation"
    MUNICIPALITY = "municipality"
    SUBJECT = "subject"
    GROUP = "group"


class Choice(Frozen):
    """A possible answer of a choice."""

    key: Key
    label: BilingualText


class Scale(Frozen):
    """The numbers of a scale, ends included, and what the ends mean."""

    low: int = Field(ge=0, le=10)
    high: int = Field(ge=1, le=10)
    lowest: BilingualText
    highest: BilingualText


class Aspect(Frozen):
    """What scores are told of. `compare` is a published mean to lay them beside."""

    key: Key
    title: BilingualText
    compare: float | None = None


class Part(Frozen):
    """A piece of an aspect, such as a capability."""

    key: Key
    title: BilingualText
    aspect: Key


class Question(Frozen):
    """One question; it belongs to a part, or straight to an aspect, or to neither.

    `risk` says what it means for regional purchasing when parties answer differently. `place` is
    where in the source it stands, if elsewhere than the document.
    """

    key: Key
    kind: AnswerKind
    text: BilingualText
    part: Key | None = None
    aspect: Key | None = None
    choices: tuple[Choice, ...] = Field(default=(), max_length=20)
    required: bool = True
    risk: BilingualText | None = None
    place: str = ""


class Instrument(Frozen):
    """A questionnaire or checklist. `compared` names whose means stand with the aspects."""

    key: Key
    version: int = Field(ge=1, le=32_767)
    use: Use
    of: Of
    title: BilingualText
    intro: BilingualText
    source: str | None = None
    place: str = ""
    note: BilingualText | None = None
    compared: BilingualText | None = None
    scale: Scale | None = None
    aspects: tuple[Aspect, ...] = Field(default=(), max_length=40)
    parts: tuple[Part, ...] = Field(default=(), max_length=60)
    questions: tuple[Question, ...] = Field(min_length=1, max_length=100)

    @cached_property
    def aspect_by_part(self) -> dict[str, str]:
        """Key of a part -> key of its aspect."""
        return {part.key: part.aspect for part in self.parts}

    def aspect_of(self, question: Question) -> str | None:
        """The aspect that a question counts for."""
        if question.part is not None:
            return self.aspect_by_part[question.part]
        return question.aspect

    def scored(self) -> Sequence[Question]:
        """The questions on the scale."""
        return [item for item in self.questions if item.kind is AnswerKind.SCALE]

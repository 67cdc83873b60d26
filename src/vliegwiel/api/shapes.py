"""What all answers share: names in camelCase, and the form of a problem."""

from ninja import Schema
from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel


class Shape(Schema):
    """A part of an answer, filled from an object with the same names."""

    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, from_attributes=True, extra="ignore"
    )


class Question(Schema):
    """What is sent to us: exactly these fields, of exactly these types."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", strict=True)


class Fault(Shape):
    in_: str = Field(alias="in", description="query, path or body")
    location: dict[str, str] = Field(description="`name` of a parameter or `pointer` into the body")
    code: str
    detail: str


class Problem(Shape):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str | None = None
    errors: list[Fault] | None = None

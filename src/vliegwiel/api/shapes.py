"""What all answers share: names in camelCase, and the form of a problem."""

from typing import Annotated, Any

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel


class Shape(Schema):
    """A part of an answer, filled from an object with the same names."""

    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, from_attributes=True, extra="ignore"
    )


class Question(Schema):
    """What is sent to us: exactly these fields, of exactly these types."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", strict=True)


def _as_whole(value: Any) -> Any:
    """JSON knows one kind of number: 60.0 is as whole as 60."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Whole = Annotated[int, BeforeValidator(_as_whole)]


class Fault(Shape):
    in_: str = Field(serialization_alias="in", description="query, path or body")
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

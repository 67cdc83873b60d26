"""Long lists in parts."""

from collections.abc import Sequence
from typing import Any

from ninja import Schema
from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel

LARGEST_PAGE = 500


class PageQuestion(Schema):
    model_config = ConfigDict(alias_generator=to_camel)

    page: int = Field(1, ge=1, le=100_000)
    page_size: int = Field(100, ge=1, le=LARGEST_PAGE)


def page_of(found: Sequence[Any], asked: PageQuestion) -> dict[str, Any]:
    """The part of `found` that was asked for, and how much there is in all."""
    start = (asked.page - 1) * asked.page_size
    return {
        "count": len(found),
        "page": asked.page,
        "page_size": asked.page_size,
        "results": found[start : start + asked.page_size],
    }

"""A table of StatLine as it is saved: what CBS answered, in one form for both of its services."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

#: The first word of a saved table; the number rises when the form changes.
FORMAT: Literal["statline-table-1"] = "statline-table-1"
_Short = Annotated[str, Field(max_length=400)]


class _Saved(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SavedCode(_Saved):
    """A value of a dimension. `status` says of a period how final its figures are."""

    code: _Short
    title: _Short
    status: _Short = ""


class SavedDimension(_Saved):
    """What a table is split by: places, periods, or something else such as forms of care."""

    name: _Short
    kind: Literal["place", "period", "other"]
    codes: list[SavedCode] = Field(max_length=20_000)


class SavedMeasure(_Saved):
    """What a table counts."""

    code: _Short
    title: _Short
    unit: _Short
    decimals: int = Field(ge=0, le=9)


class SavedObservation(_Saved):
    """One cell: a code of each dimension in their order; None is what CBS does not show."""

    at: list[_Short] = Field(max_length=20)
    measure: _Short
    value: float | None = Field(allow_inf_nan=False)


class SavedTable(_Saved):
    """A table for some places. `modified` is when CBS changed it last, `fetched` when it was read.

    `service` is the one that answered, `address` where the table was found.
    """

    format: Literal["statline-table-1"]
    table: str = Field(pattern=r"^[0-9A-Za-z_]{1,16}$")
    title: _Short
    modified: AwareDatetime
    fetched: AwareDatetime
    service: Literal["v4", "v3"]
    address: str = Field(max_length=2_000)
    dimensions: list[SavedDimension] = Field(max_length=20)
    measures: list[SavedMeasure] = Field(max_length=1_000)
    observations: list[SavedObservation]


def saved_text(table: SavedTable) -> str:
    """The table as the text of a file."""
    return table.model_dump_json(indent=1) + "\n"

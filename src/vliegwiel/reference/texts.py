"""Texts that are data: written in both languages, not translated through the interface."""

from pydantic import BaseModel, ConfigDict


class Shipped(BaseModel):
    """Base of all shipped records: frozen, and a key that nobody knows is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class BilingualText(Shipped):
    nl: str
    en: str

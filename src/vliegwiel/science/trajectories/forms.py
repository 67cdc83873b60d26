"""The form of care of a product: from the product list of the region, else from the category."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from vliegwiel.reference import category_forms

#: The form of an assignment that says neither product nor category.
UNKNOWN_FORM = "unknown"
#: Category of crisis help: its starts come before the paper work.
CRISIS = "crisis"
#: Forms that rest on an order of a judge: no referrer is asked for.
JUDICIAL_FORMS = frozenset({"probation", "protection", "preventive_judicial"})


@dataclass(frozen=True, slots=True)
class CareForms:
    """How a region sorts its care.

    ``by_product`` gives the form of a product code, ``not_care`` the forms that go with care and
    are none of themselves, ``merged`` the provider that took another one over (old code to new).
    """

    by_product: Mapping[str, str] = field(default_factory=dict)
    not_care: frozenset[str] = frozenset(
        row.form for row in category_forms().values() if not row.is_care
    )
    merged: Mapping[str, str] = field(default_factory=dict)

    def form_of(self, category: str | None, product: str | None) -> str:
        """The form of a product; ``unknown`` when nothing tells it."""
        if product is not None and product in self.by_product:
            return self.by_product[product]
        row = category_forms().get(category) if category is not None else None
        return row.form if row is not None else UNKNOWN_FORM

    def is_care(self, form: str) -> bool:
        """Whether a youth with this form is in care."""
        return form not in self.not_care

    def provider_of(self, provider: str) -> str:
        """The provider after all mergers."""
        seen = {provider}
        while provider in self.merged and self.merged[provider] not in seen:
            provider = self.merged[provider]
            seen.add(provider)
        return provider

"""The settings of a run: how far ahead, how often, and how well what must be known."""

import math
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.explorer import descriptions, precisions
from vliegwiel.apps.explorer.limits import DEFAULTS, LIMITS
from vliegwiel.apps.explorer.measures import MEASURES
from vliegwiel.science.caresystem import ALL, CareSystem, Precision, Scenario

#: The fields of these settings, in the order of the page.
SETTINGS = (
    "months", "replications", "precision", "precision_measure", "precision_care_type", "seed",
)  # fmt: skip


def _whole(name: str, label: Any, help_text: Any = "") -> forms.IntegerField:
    low, high = LIMITS[name]
    outside = format_lazy(_("Choose a whole number from {low} to {high}."), low=low, high=high)
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=low,
        max_value=high,
        localize=True,
        error_messages={"min_value": outside, "max_value": outside, "invalid": outside},
    )


class RunForm(forms.Form):
    """How far ahead and how precise."""

    months = _whole("months", _("Months ahead"), _("How far the forecast looks: 12 to 120 months."))
    replications = _whole(
        "replications",
        _("Repetitions"),
        _("More repetitions give sharper numbers and take longer: 20 to 1000."),
    )
    precision = forms.FloatField(
        label=_("Stop when it is known to within"),
        help_text=_(
            "You may leave this empty. Otherwise the calculation stops as soon as the middle of "
            "what you choose below is known so well, and the repetitions above are the most."
        ),
        required=False,
        localize=True,
        error_messages={"invalid": _("Write a number above zero.")},
    )
    precision_measure = forms.ChoiceField(
        label=_("Of what"),
        required=False,
        choices=[
            (key, format_lazy("{} ({})", measure.label, precisions.unit(key)))
            for key, measure in MEASURES.items()
        ],
    )
    precision_care_type = forms.ChoiceField(label=_("For which form of care"), required=False)
    seed = forms.IntegerField(
        label=_("Seed"),
        help_text=_("The same seed gives the same numbers. Leave it as it is unless you know why."),
        min_value=LIMITS["seed"][0],
        max_value=LIMITS["seed"][1],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {**DEFAULTS, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    def offer_care_types(self, system: CareSystem) -> None:
        """The forms of care that something may be asked of."""
        self.fields["precision_care_type"].choices = [  # type: ignore[attr-defined]
            ("", gettext("The form of care that the scenario is about")),
            (ALL, gettext("All forms of care together")),
            *((care.id, descriptions.in_language(care.label)) for care in system.care_types),
        ]

    def check_precision(self, data: dict[str, Any], system: CareSystem, original: Scenario) -> None:
        """Says beside the field what can never be known so."""
        if data.get("precision") is None:
            return
        if not 0 < data["precision"] < math.inf:
            self.add_error("precision", gettext("Write a number above zero."))
            return
        asked = self.asked_precision()
        if asked is not None and (why := precisions.objection(asked, system, original)):
            self.add_error("precision_care_type", why)

    def asked_precision(self) -> Precision | None:
        """How well what must be known, in the unit of the model; None when nobody asks."""
        data = self.cleaned_data
        if not data.get("precision"):
            return None
        measure = data.get("precision_measure") or "waiting_time"
        half_width = data["precision"] / precisions.factor(measure)
        return Precision(half_width, measure, data.get("precision_care_type") or None)

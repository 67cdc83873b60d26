"""What the parts that are still to come will do, in the words of the people who will use them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Coming:
    """`now` names what already helps today and the page where it stands (a url name)."""

    intro: Text
    will: Sequence[Text]
    now: Text
    now_url: str


COMING: Mapping[str, Coming] = {
    "prove": Coming(
        intro=_("Here the region will see whether something works, on the same yardstick for all."),
        will=(
            _("Register beforehand what will be measured and which effect matters."),
            _("Type or upload measurements, without registering anything twice."),
            _("See the effect with its uncertainty, at any moment, without being misled."),
            _("Decide together to stop, adjust, continue or scale up, beside the evidence."),
        ),
        now=_("Forecasts are kept as they were made, so that they can be checked afterwards."),
        now_url="explorer",
    ),
    "spread": Coming(
        intro=_("Here what works will go on to other regions, and what does not work is told too."),
        will=(
            _("Take over an initiative from another region and record what you change."),
            _("See what it is expected to do in your own region."),
            _("Read and write lessons, also of initiatives that stopped."),
            _("Send a yearly overview and a newsletter from what is already in the system."),
        ),
        now=_("The region's insights with their sources can already be shared as a page."),
        now_url="insights",
    ),
    "account": Coming(
        intro=_(
            "Here councils and residents will read what the agenda brought, in plain language."
        ),
        will=(
            _("One yearly account, made from what is already there: nothing is asked twice."),
            _("A version for the council, to read on screen or on paper."),
            _("Every number opens its data, its method and the way to calculate it again."),
            _("A short e-mail for who never logs in: what changed and what needs a decision."),
        ),
        now=_("Each figure already shows its source, its date and how it was calculated."),
        now_url="figures",
    ),
}

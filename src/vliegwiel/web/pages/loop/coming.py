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

"""One offer, or the name of one provider, as somebody types it."""

import re

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from vliegwiel.apps.offers.errors import ChangedMeanwhile, OfferRefused
from vliegwiel.apps.offers.facts import OfferFacts, WaitFacts
from vliegwiel.apps.offers.models import Offer
from vliegwiel.apps.offers.vocabulary import (
    LONGEST_CODE,
    LONGEST_NAME,
    LONGEST_TEXT,
    LONGEST_WAIT,
    MOST_PLACES,
    OLDEST,
)
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.queries import municipalities_of
from vliegwiel.apps.regions.rights import require

from .keeping import current_version, keep_name, keep_version, keep_wait

_AGB = re.compile(r"[0-9]{8}")


@transaction.atomic
def name_provider(*, region: Region, code: str, title: str, by: User) -> bool:
    """Names the provider with AGB code `code`; whether that changed anything.

    Raises OfferRefused for a code that is none or an empty or long name, and NotAllowed.
    """
    require(by, "offers.edit", region)
    problems = {}
    if not _AGB.fullmatch(code):
        problems["provider_code"] = _("An AGB code has eight digits.")
    if not 0 < len(title.strip()) <= LONGEST_NAME:
        problems["provider"] = _("Write a name of at most %(n)s characters.") % {"n": LONGEST_NAME}
    if problems:
        raise OfferRefused(problems)
    Region.objects.select_for_update().get(pk=region.pk)
    return keep_name(region, code, title.strip(), by)


@transaction.atomic
def save_offer(
    *,
    region: Region,
    provider_code: str,
    provider: str,
    code: str,
    facts: OfferFacts,
    wait: WaitFacts | None,
    seen: int | None,
    by: User,
) -> Offer:
    """Keeps an offer as typed: a new one where `seen` is None, else a change of version `seen`.

    The same again makes no new version. Raises OfferRefused with what is wrong per field,
    ChangedMeanwhile when `seen` is not what counts any more, and NotAllowed without the right.
    """
    require(by, "offers.edit", region)
    problems = _problems(region, provider_code, code, facts, wait)
    if problems:
        raise OfferRefused(problems)
    Region.objects.select_for_update().get(pk=region.pk)
    offer = Offer.objects.filter(region=region, provider_code=provider_code, code=code).first()
    current = current_version(offer) if offer is not None else None
    if seen is None and offer is not None:
        raise OfferRefused({"code": _("This provider has an offer with this code already.")})
    if seen is not None and (current is None or current.pk != seen):
        raise ChangedMeanwhile
    if provider:
        keep_name(region, provider_code, provider, by)
    if offer is None:
        offer = Offer.objects.create(region=region, provider_code=provider_code, code=code)
    keep_version(offer, facts, by)
    if wait is not None:
        keep_wait(offer, wait, by)
    return offer


def _problems(
    region: Region, provider_code: str, code: str, facts: OfferFacts, wait: WaitFacts | None
) -> dict[str, str]:
    """What the tables would not take, in words; a form has asked for most of it already."""
    known = {place.code for place in municipalities_of(region)}
    checks = {
        "provider_code": (_AGB.fullmatch(provider_code), _("An AGB code has eight digits.")),
        "code": (0 < len(code) <= LONGEST_CODE, _("Give the offer a short code.")),
        "title": (0 < len(facts.title) <= LONGEST_NAME, _("Say in a few words what is offered.")),
        "target_group": (len(facts.target_group) <= LONGEST_TEXT, _("This text is too long.")),
        "age_to": (
            0 <= facts.age_from <= facts.age_to <= OLDEST,
            _("The age up to which it is offered lies below the age from which."),
        ),
        "municipalities": (
            facts.municipalities and known.issuperset(facts.municipalities),
            _("Choose at least one municipality of the region."),
        ),
        "places": (
            facts.places is None or 0 <= facts.places <= MOST_PLACES,
            _("This number is too large."),
        ),
        "ends_on": (
            None in {facts.starts_on, facts.ends_on}
            or (facts.ends_on or timezone.localdate()) >= (facts.starts_on or timezone.localdate()),
            _("The last day lies before the first day."),
        ),
        "wait_days": (
            wait is None or 0 <= wait.days <= LONGEST_WAIT,
            _("This number is too large."),
        ),
        "wait_on": (
            wait is None or wait.stated_on <= timezone.localdate(),
            _("What was said on a day to come cannot be known yet."),
        ),
    }
    return {field: words for field, (is_well, words) in checks.items() if not is_well}

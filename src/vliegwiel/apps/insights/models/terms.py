"""Words that parties use differently (taalverschillen)."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.figures.models import Source
from vliegwiel.apps.insights.vocabulary import LONGEST_PARTY, LONGEST_WORD
from vliegwiel.apps.regions.models import Region


class Term(models.Model):
    """A word that needs explaining. `shipped` ones come with the product, from a document."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="terms")
    word = models.CharField(_("word"), max_length=LONGEST_WORD)
    shipped = models.BooleanField(default=False)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "region": "public",
        "word": "public",
        "shipped": "internal",
        "entered_by": "personal",
        "entered_at": "internal",
    }

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = [Lower("word")]
        constraints = [
            models.UniqueConstraint("region", Lower("word"), name="a_word_once_per_region"),
            models.CheckConstraint(condition=~Q(word=""), name="term_has_a_word"),
        ]

    def __str__(self) -> str:
        return self.word


class TermMeaning(models.Model):
    """What one party means by the word. A new meaning replaces it; the old one stays."""

    term = models.ForeignKey(Term, models.CASCADE, related_name="meanings")
    party_nl = models.CharField(_("party, in Dutch"), max_length=LONGEST_PARTY)
    party_en = models.CharField(_("party, in English"), max_length=LONGEST_PARTY, blank=True)
    text_nl = models.TextField(_("meaning in Dutch"))
    text_en = models.TextField(_("meaning in English"), blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", null=True, blank=True)
    place = models.CharField(_("where it stands"), max_length=200, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "term": "public",
        "party_nl": "public",
        "party_en": "public",
        "text_nl": "public",
        "text_en": "public",
        "source": "public",
        "place": "public",
        "entered_by": "personal",
        "entered_at": "internal",
        "replaced_at": "internal",
    }

    class Meta:
        verbose_name = _("meaning of a term")
        verbose_name_plural = _("meanings of terms")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "term",
                Lower("party_nl"),
                condition=Q(replaced_at__isnull=True),
                name="a_party_means_one_thing_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(party_nl="") & ~Q(text_nl=""), name="meaning_is_said_of_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term}: {self.party_nl}"


class TermAlias(models.Model):
    """Another word with which somebody means the same."""

    term = models.ForeignKey(Term, models.CASCADE, related_name="aliases")
    word = models.CharField(_("other word"), max_length=LONGEST_WORD)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", null=True, blank=True)
    place = models.CharField(_("where it stands"), max_length=200, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "term": "public",
        "word": "public",
        "source": "public",
        "place": "public",
        "entered_by": "personal",
        "entered_at": "internal",
    }

    class Meta:
        verbose_name = _("other word for a term")
        verbose_name_plural = _("other words for terms")
        ordering = [Lower("word")]
        constraints = [
            models.UniqueConstraint("term", Lower("word"), name="an_other_word_once_per_term"),
            models.CheckConstraint(condition=~Q(word=""), name="other_word_is_a_word"),
        ]

    def __str__(self) -> str:
        return self.word

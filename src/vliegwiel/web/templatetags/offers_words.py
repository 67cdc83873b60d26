"""Waits and ages of offers in words; load with {% load offers_words %}."""

from django import template

from vliegwiel.web.pages.offers import words

register = template.Library()

register.filter("wait_days", words.days)
register.filter("offer_ages", words.ages)

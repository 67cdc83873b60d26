"""The questions of a case review: what each can be answered with. Texts are translated on use."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its answers by key; of a `several` question more than one may be chosen."""

    key: str
    label: Words
    answers: Mapping[str, Words]
    several: bool = False


_OTHER = _("Something else")
_UNKNOWN = _("Not known")

QUESTIONS: tuple[Question, ...] = (
    Question(
        "waits_for",
        _("What does the youth wait for?"),
        {
            "ambulant": _("Help at home or in the neighbourhood"),
            "treatment": _("Treatment (mental health care)"),
            "day_help": _("Day help"),
            "residence": _("A place to live, with care"),
            "crisis": _("Crisis help"),
            "diagnosis": _("An examination first"),
            "other": _OTHER,
        },
    ),
    Question(
        "how_long",
        _("How long has the youth waited?"),
        {
            "0-28": _("Less than 4 weeks"),
            "28-91": _("4 to 13 weeks"),
            "91-182": _("13 to 26 weeks"),
            "182+": _("26 weeks or longer"),
        },
    ),
    Question(
        "came_by",
        _("How did the youth come on the list?"),
        {
            "municipality": _("By the municipality or the neighbourhood team"),
            "general_practitioner": _("By the general practitioner"),
            "school": _("By the school"),
            "certified_institution": _("By a certified institution or the judge"),
            "other_provider": _("From another provider"),
            "unknown": _UNKNOWN,
        },
    ),
    Question(
        "earlier",
        _("What was tried before?"),
        {
            "nothing": _("Nothing"),
            "family": _("Help from family, friends or school"),
            "team": _("Help from the neighbourhood team"),
            "care": _("Other youth care"),
            "several": _("Several forms of help"),
            "unknown": _UNKNOWN,
        },
    ),
    Question(
        "meanwhile",
        _("What happens in the meantime?"),
        {
            "nothing": _("Nothing"),
            "contact": _("Somebody keeps contact"),
            "bridging": _("Lighter help to bridge the time"),
            "other_care": _("Other care goes on"),
            "crisis": _("There has been a crisis"),
            "unknown": _UNKNOWN,
        },
        several=True,
    ),
    Question(
        "obstacle",
        _("Why does it take so long?"),
        {
            "no_place": _("No place at the provider"),
            "no_staff": _("No people to give the help"),
            "not_fitting": _("No offer fits"),
            "wrong_list": _("The list is not the right one for this question"),
            "several_questions": _("Who helps with what is not agreed (several questions at once)"),
            "paying": _("It is not clear who pays"),
            "eighteen": _("Nearly 18, or just 18"),
            "family_waits": _("The family wants to wait"),
            "no_outflow": _("Others do not leave: no follow-up for them"),
            "other": _OTHER,
        },
        several=True,
    ),
    Question(
        "would_help",
        _("What would have helped?"),
        {
            "explain_sooner": _("A good look at the question beforehand"),
            "lighter_sooner": _("Lighter help sooner"),
            "other_provider": _("Going to another provider"),
            "together": _("One plan together"),
            "one_person": _("One person who knows the whole path"),
            "not_needed": _("The wait could have been prevented: this help is not needed"),
            "only_place": _("Only a place would have helped"),
            "other": _OTHER,
        },
    ),
)
BY_KEY: Mapping[str, Question] = {question.key: question for question in QUESTIONS}

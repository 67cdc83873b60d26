"""What somebody types about an initiative, and its proposal."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.initiatives import PROPOSAL_TEXTS, Facts, ProposalFacts, queries
from vliegwiel.apps.initiatives.queries import FactsNow, ProposalNow
from vliegwiel.apps.insights.queries import insight_list

from .saving import InitiativeForm, area

_LISTS = {
    "themes": _("Themes"),
    "questions": _("Questions of youth care that it answers"),
    "actors": _("Who takes part"),
    "cooperation": _("Form of cooperation"),
    "financing": _("Who pays"),
}


class FactsForm(InitiativeForm):
    """What an initiative is; with `seen` the version that is changed."""

    title = forms.CharField(label=_("Title"), max_length=queries.LONGEST_TITLE)
    summary = forms.CharField(
        label=_("What it is, in a few sentences"),
        max_length=queries.LONGEST_SUMMARY,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For readers who do not know it. About groups, never about one child."),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    palette = forms.SlugField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, region: Any, now: FactsNow | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": _initial(now), **kwargs})
        for name, label in _LISTS.items():
            self.fields[name] = _ticks(label, queries.choices(name))
        self.fields["weight"] = forms.ChoiceField(
            label=_("Light or heavy care"),
            required=False,
            choices=[("", _("Not known")), *queries.Weight.choices],
        )
        insights = [(str(item.number), item.name) for item in insight_list(region)]
        factors = queries.choices("factors")
        lists = {
            "insights": (_("Insights that it answers"), insights),
            "chances": (
                _("Chances that it uses"),
                [choice for choice in factors if choice[0].startswith("chance_")],
            ),
            "barriers": (
                _("Barriers that are in the way"),
                [choice for choice in factors if choice[0].startswith("barrier_")],
            ),
            "trends": (_("Trends that it builds on"), queries.choices("trends")),
            "programmes": (
                _("Programmes that it overlaps"),
                queries.programme_choices(region.slug),
            ),
        }
        for name, (label, choices) in lists.items():
            if choices:
                self.fields[name] = _ticks(label, choices)
        self.fields["programmes_note"] = area(
            _("How it overlaps them, and what was agreed"),
            help_text=_("Name other programmes here too."),
        )

    def as_typed(self, data: QueryDict) -> dict[str, Any]:
        """What was sent, to fill a form with that looks at no faults."""
        return {
            name: data.getlist(name)
            if isinstance(field, forms.MultipleChoiceField)
            else data.get(name)
            for name, field in self.fields.items()
        }

    def facts(self) -> Facts:
        given = self.cleaned_data
        return Facts(
            title=given["title"],
            summary=given["summary"],
            weight=given["weight"],
            programmes_note=given["programmes_note"],
            factors=(*given.get("chances", ()), *given.get("barriers", ())),
            insights=tuple(int(number) for number in given.get("insights", ())),
            **{name: tuple(given.get(name, ())) for name in (*_LISTS, "trends", "programmes")},
        )


def _ticks(label: Any, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, choices=choices, widget=forms.CheckboxSelectMultiple
    )


def _initial(now: FactsNow | None) -> dict[str, Any]:
    if now is None:
        return {}
    facts = now.facts
    return {
        **{name: list(getattr(facts, name)) for name in (*_LISTS, "trends", "programmes")},
        "title": facts.title,
        "summary": facts.summary,
        "weight": facts.weight,
        "programmes_note": facts.programmes_note,
        "chances": [key for key in facts.factors if key.startswith("chance_")],
        "barriers": [key for key in facts.factors if key.startswith("barrier_")],
        "insights": [str(number) for number in facts.insights],
        "seen": now.version,
    }


class ProposalForm(InitiativeForm):
    """Every part may stay empty for now: the check says what is missing."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, now: ProposalNow, **kwargs: Any) -> None:
        kwargs["initial"] = {**now.texts, "budget": now.budget, "seen": now.number}
        super().__init__(*args, **kwargs)
        for name, label in queries.PROPOSAL_LABELS.items():
            self.fields[name] = (
                forms.IntegerField(
                    label=label, required=False, min_value=0, max_value=queries.LARGEST_BUDGET
                )
                if name == "budget"
                else forms.CharField(
                    label=label,
                    required=False,
                    max_length=queries.LONGEST_TEXT,
                    widget=forms.Textarea(attrs={"rows": 3}),
                )
            )

    def proposal(self) -> ProposalFacts:
        given = self.cleaned_data
        return ProposalFacts({name: given[name] for name in PROPOSAL_TEXTS}, given["budget"])

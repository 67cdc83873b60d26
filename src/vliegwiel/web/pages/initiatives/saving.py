"""What every form of an initiative does: save, or say why not, and lose nothing that was typed."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.apps.initiatives import ChangedMeanwhile, InitiativeRefused, StepRefused
from vliegwiel.apps.initiatives.queries import Need

_CHANGED_MEANWHILE = gettext_lazy(
    "Somebody else changed this meanwhile. Open it in a new window, look at what changed, and type "
    "your change again there."
)


class InitiativeForm(forms.Form):
    """A form that shows what a service objects to beside its fields."""

    def refuse(self, problems: Mapping[str, str]) -> None:
        for field, sentence in problems.items():
            self.add_error(field if field in self.fields else None, sentence)


def saved(request: HttpRequest, form: InitiativeForm, save: Callable[[], object]) -> bool:
    """Whether the form was sent and kept; else the form says what stands in the way."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        save()
    except InitiativeRefused as refused:
        form.refuse(refused.problems)
    except ChangedMeanwhile:
        form.add_error(None, str(_CHANGED_MEANWHILE))
    except StepRefused as refused:
        form.add_error(None, _lacking(refused.lacks))
    else:
        return True
    return False


def form_page(
    request: HttpRequest, form: Any, *, template: str = "initiatives/form.html", **context: Any
) -> HttpResponse:
    """The form with what goes with it; 422 when something in it has to be changed."""
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, template, {**context, "form": form}, status=status)


def _lacking(needs: Any) -> str:
    if not needs:
        return _("This step is not possible from where the initiative stands now.")
    words = get_text_list([str(Need(need).label) for need in needs], _("and"))
    return _("First needed: %(needs)s.") % {"needs": words}


def area(label: Any, *, help_text: Any = "", required: bool = False, rows: int = 3) -> Any:
    """A text of some sentences."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def day(label: Any, *, initial: Any = None, help_text: Any = "") -> forms.DateField:
    """A day, with the calendar of the browser."""
    return forms.DateField(
        label=label,
        initial=initial,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

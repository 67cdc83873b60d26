"""What somebody chooses and types about care data. A number of a person is never shown again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.intake.queries import LONGEST_MONTHS, SHORTEST_MONTHS


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or more files; gives a list."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = (data if isinstance(data, list | tuple) else [data]) or [None]
        return [super(FilesField, self).clean(file, initial) for file in files]


class MessagesForm(forms.Form):
    sent = FilesField(
        label=_("Files with care messages or tables"),
        help_text=_(
            "XML files, zip archives or tables (CSV, Excel), at most 100 MB together; you can "
            "choose several at once. The files themselves are not kept."
        ),
        widget=SeveralFiles(attrs={"accept": ".xml,.zip,.csv,.xlsx"}),
        allow_empty_file=True,
    )

    def __init__(self, *args: Any, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._too_large = too_large
        if too_large:
            self.fields["sent"].required = False

    def clean(self) -> dict[str, Any]:
        if self._too_large:
            self.add_error("sent", _("Together the files are larger than 100 MB."))
        return self.cleaned_data


class PersonForm(forms.Form):
    bsn = forms.CharField(
        label=_("Citizen service number (BSN)"),
        help_text=_("It is used to find the data, and not kept."),
        max_length=20,
        # Like a password: what was typed does not come back in the page.
        widget=forms.PasswordInput(
            render_value=False, attrs={"autocomplete": "off", "inputmode": "numeric"}
        ),
    )
    sure = forms.BooleanField(
        label=_("I know that this cannot be undone"),
        error_messages={"required": _("Say that you know that this cannot be undone.")},
    )


class TermForm(forms.Form):
    months = forms.IntegerField(
        label=_("Months that care data are kept"),
        help_text=_("They count from the last that is known about a person."),
        min_value=SHORTEST_MONTHS,
        max_value=LONGEST_MONTHS,
    )

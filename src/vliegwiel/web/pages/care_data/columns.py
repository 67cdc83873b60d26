"""Settling what the columns of a table mean: look at a file, choose, and keep it under a name."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.apps.intake import IntakeError, queries, services
from vliegwiel.science.casetables import TableError, read_table
from vliegwiel.web.pages.access import RegionRequest, region_page

from .columns_form import ColumnsForm, Seen, look
from .uploading import keeps_files_in_memory, was_too_large


class TableForm(forms.Form):
    table = forms.FileField(
        label=gettext_lazy("Table"),
        help_text=gettext_lazy(
            "A CSV file or an Excel sheet (.xlsx) with headings. Nothing of it is kept; of values "
            "of persons you only see the shape."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        required=False,
        allow_empty_file=True,
    )


@region_page("care_data.deliver")
@keeps_files_in_memory
def columns(request: RegionRequest, region: Any) -> HttpResponse:
    """The file, then the choices; a file that comes with choices is looked at again with them."""
    seen = Seen.unpacked(request.POST.get("seen", ""))
    upload, form = TableForm(request.POST or None, request.FILES), None
    if request.method == "POST" and upload.is_valid():
        given = upload.cleaned_data["table"]
        if given is not None:
            form = _looked(given.read(), seen, request, upload)
        elif seen is not None:
            form = ColumnsForm(seen, request.POST)
            if form.is_valid() and _kept(request, region, form):
                return redirect("care_columns", region.slug)
        else:
            too_large = _("Together the files are larger than 100 MB.")
            words = too_large if was_too_large(request) else _("Choose a file.")
            upload.add_error("table", words)
    context = {"upload": upload, "form": form, "settled": queries.table_mappings(region)}
    wrong = upload.errors or (form is not None and form.errors)
    return render(request, "care_data/columns.html", context, status=422 if wrong else 200)


def _looked(
    content: bytes, before: Seen | None, request: RegionRequest, upload: TableForm
) -> ColumnsForm | None:
    """The choices for a table; those that were made before, when it has the same columns."""
    try:
        table = read_table(content)
    except TableError as error:
        upload.add_error("table", queries.finding_sentence(error.rule, error.params))
        return None
    if before is None or before.headings != table.headings:
        return ColumnsForm(look(table))
    chosen = ColumnsForm(before, request.POST).roles_given()
    form = ColumnsForm(look(table, chosen))
    for name in ("name", "ids", "date_form"):
        form.initial[name] = request.POST.get(name, form.initial.get(name, ""))
    return form


def _kept(request: RegionRequest, region: Any, form: ColumnsForm) -> bool:
    name = form.cleaned_data["name"]
    try:
        made = services.settle_columns(
            region=region, name=name, mapping=form.mapping(), by=request.user
        )
    except IntakeError as error:
        form.add_error(None, str(error))
        return False
    words = _("“%(name)s” was kept, version %(n)s. You can now deliver tables with these columns.")
    messages.success(request, words % {"name": made.name, "n": made.version})
    return True

"""The site, with a few pages beside it that do on purpose what no page of ours should do."""

from django import forms
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import path

from vliegwiel.apps.regions.models import Region
from vliegwiel.site import urls as site
from vliegwiel.web.login.kept import typed
from vliegwiel.web.pages.access import region_page


class Note(forms.Form):
    text = forms.CharField(min_length=3)


@region_page("region.view", keeps_typed=True)
def write(request: HttpRequest, region: Region) -> HttpResponse:
    """A form that is sent to its own address; what is valid is 'saved' in the answer."""
    form = Note(typed(request))
    if request.method == "POST" and form.is_valid():
        return HttpResponse(f"saved in {region.name}: {form.cleaned_data['text']}")
    return HttpResponse(form.as_p() + "".join(str(m) for m in request._messages))


@region_page("region.view")
def act(request: HttpRequest, region: Region) -> HttpResponse:
    return HttpResponse(status=204)


def break_down(request: HttpRequest) -> HttpResponse:
    name = "Jannie de Vries"
    email = "jannie@gemeente.example"
    raise RuntimeError(f"could not find {name} <{email}> of {request.session.session_key}")


def lose_database(request: HttpRequest) -> HttpResponse:
    raise OperationalError("connection to server at 10.1.2.3 failed for user jannie")


def forbid(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def suspect(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("jannie@gemeente.example did something odd")


urlpatterns = [
    path("proof/<slug:region_slug>/write", write),
    path("proof/<slug:region_slug>/act", act),
    path("proof/break", break_down),
    path("proof/lost", lose_database),
    path("proof/forbid", forbid),
    path("proof/suspect", suspect),
    *site.urlpatterns,
]
handler400 = site.handler400
handler403 = site.handler403
handler404 = site.handler404
handler429 = site.handler429
handler500 = site.handler500

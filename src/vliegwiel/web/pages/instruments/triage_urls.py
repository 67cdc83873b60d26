from django.urls import path

from . import triage

urlpatterns = [path("<slug:region_slug>/", triage.which_help, name="which_help")]

from django.urls import path

from . import downloads, views

_RESULT = "proeven/<int:pilot>/uitkomst/"

urlpatterns = [
    path(_RESULT, views.result, name="pilot_result"),
    path(f"{_RESULT}<int:outcome>.csv", downloads.outcome_csv, name="pilot_result_csv"),
]

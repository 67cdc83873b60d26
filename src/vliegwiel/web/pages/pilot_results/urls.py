from django.urls import path

from . import dossiers, downloads, views

_RESULT = "proeven/<int:pilot>/uitkomst/"
_DOSSIER = "proeven/<int:pilot>/dossier/"

urlpatterns = [
    path(_RESULT, views.result, name="pilot_result"),
    path(f"{_RESULT}<int:outcome>.csv", downloads.outcome_csv, name="pilot_result_csv"),
    path(_DOSSIER, dossiers.dossier, name="pilot_dossier"),
    path(f"{_DOSSIER}bewaren/", dossiers.keep, name="pilot_dossier_keep"),
    path(f"{_DOSSIER}dossier.pdf", dossiers.pdf, name="pilot_dossier_pdf"),
    path(f"{_DOSSIER}dossier.json", dossiers.json, name="pilot_dossier_json"),
    path(f"{_DOSSIER}dossier.csv", dossiers.csv, name="pilot_dossier_csv"),
]

from django.urls import path

from . import downloads, regulation, views, work

urlpatterns = [
    path("wachttijden-zorg/", views.waits, name="care_waits"),
    path("wachttijden-zorg/wachtlijst/", views.listed, name="care_waiting_list"),
    path("wachttijden-zorg/onderzoeken/", work.analysis, name="care_analysis"),
    path("wachttijden-zorg/regeling/", regulation.regulation, name="care_regulation"),
    path(
        "wachttijden-zorg/regeling/toewijzingen.csv",
        regulation.assignments,
        name="care_regulation_assignments",
    ),
    path("wachttijden-zorg/regeling.csv", regulation.waiting_csv, name="care_regulation_csv"),
    path("wachttijden-zorg/berekenen/", work.order, name="care_waits_order"),
    path("wachttijden-zorg/stoppen/", work.cancel, name="care_waits_cancel"),
    path("wachttijden-zorg/wachttijden.csv", downloads.waits_csv, name="care_waits_csv"),
    path("wachttijden-zorg/verlengingen.csv", downloads.extensions_csv, name="care_extensions_csv"),
    path("wachttijden-zorg/contractgolven.csv", downloads.waves_csv, name="care_waves_csv"),
    path("wachttijden-zorg/wachtlijst.csv", downloads.list_csv, name="care_waiting_list_csv"),
]

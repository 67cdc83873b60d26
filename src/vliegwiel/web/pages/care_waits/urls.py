from django.urls import path

from . import downloads, views, work

urlpatterns = [
    path("wachttijden-zorg/", views.waits, name="care_waits"),
    path("wachttijden-zorg/wachtlijst/", views.listed, name="care_waiting_list"),
    path("wachttijden-zorg/onderzoeken/", work.analysis, name="care_analysis"),
    path("wachttijden-zorg/berekenen/", work.order, name="care_waits_order"),
    path("wachttijden-zorg/stoppen/", work.cancel, name="care_waits_cancel"),
    path("wachttijden-zorg/wachttijden.csv", downloads.waits_csv, name="care_waits_csv"),
    path("wachttijden-zorg/wachtlijst.csv", downloads.list_csv, name="care_waiting_list_csv"),
]

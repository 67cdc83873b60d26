from django.urls import path

from . import downloads, views

urlpatterns = [
    path("verkennen/", views.overview, name="explorer"),
    path("verkennen/zorgstelsel/", views.care_system, name="explorer_care_system"),
    path("verkennen/vergelijken/", views.compare, name="explorer_compare"),
    path(
        "verkennen/vergelijken/tabel.csv",
        downloads.comparison_csv,
        name="explorer_comparison_csv",
    ),
    path(
        "verkennen/vergelijken/maanden.csv",
        downloads.comparison_months_csv,
        name="explorer_comparison_months_csv",
    ),
    path("verkennen/scenario/<int:pk>/", views.scenario, name="explorer_scenario"),
    path("verkennen/scenario/<int:pk>/starten/", views.start, name="explorer_start"),
    path("verkennen/berekening/<int:pk>/", views.run, name="explorer_run"),
    path("verkennen/berekening/<int:pk>/annuleren/", views.cancel, name="explorer_cancel"),
    path("verkennen/berekening/<int:pk>/opnieuw/", views.retry, name="explorer_retry"),
    path("verkennen/berekening/<int:pk>/uitkomst.csv", downloads.csv, name="explorer_csv"),
    path("verkennen/berekening/<int:pk>/uitkomst.json", downloads.json, name="explorer_json"),
    path(
        "verkennen/berekening/<int:pk>/<slug:table>.csv",
        downloads.table_csv,
        name="explorer_table_csv",
    ),
]

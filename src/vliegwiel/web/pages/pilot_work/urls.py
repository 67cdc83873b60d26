from django.urls import path

from . import beside, core_group, following, measuring, views

_ONE = "proeven/<int:pilot>/"
_WORK = f"{_ONE}werk/"
_MEASURED = f"{_ONE}metingen/"

urlpatterns = [
    path("proeven/overzicht/", beside.page, name="pilots_beside"),
    path(_WORK, views.work, name="pilot_work"),
    path(f"{_WORK}mijlpaal/", views.milestone, name="pilot_milestone"),
    path(f"{_WORK}mijlpaal/<int:pk>/", views.reached, name="pilot_milestone_reached"),
    path(f"{_WORK}ronde/", views.iteration, name="pilot_iteration"),
    path(f"{_WORK}risico/", views.new_risk, name="pilot_risk_new"),
    path(f"{_WORK}risico/<int:number>/", views.risk, name="pilot_risk"),
    path(f"{_WORK}kader/", beside.open_framework, name="pilot_framework"),
    path(f"{_ONE}kerngroep/", core_group.page, name="core_group"),
    path(f"{_ONE}kerngroep/verslag/", core_group.meeting, name="core_group_minutes"),
    path(_MEASURED, measuring.overview, name="pilot_measurements"),
    path(f"{_MEASURED}<int:outcome>/tabel/", measuring.table, name="pilot_measure_table"),
    path(f"{_MEASURED}<int:outcome>/zorggegevens/", measuring.care_data, name="pilot_measure_care"),
    path(f"{_MEASURED}<int:outcome>/typen/", measuring.typing, name="pilot_measure_typing"),
    path(
        f"{_MEASURED}<int:outcome>/voorbeeld.csv", following.example, name="pilot_measure_example"
    ),
    path(f"{_MEASURED}onderweg/<int:pk>/", following.upload, name="pilot_upload"),
    path(f"{_MEASURED}levering/<int:pk>/", following.delivery, name="pilot_delivery"),
]

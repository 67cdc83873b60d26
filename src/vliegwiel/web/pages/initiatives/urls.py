from django.urls import path

from . import downloads, editing, forecasting, proposing, recording, views

_ONE = "innovaties/<int:pk>/"

urlpatterns = [
    path("innovaties/", views.board, name="initiatives"),
    path("innovaties/lijst/", views.listed, name="initiatives_list"),
    path("innovaties/innovaties.csv", downloads.region_csv, name="initiatives_csv"),
    path("innovaties/palet/", views.palette, name="initiative_palette"),
    path("innovaties/nieuw/", editing.new, name="initiative_new"),
    path(_ONE, views.initiative, name="initiative"),
    path(f"{_ONE}wijzigen/", editing.change, name="initiative_change"),
    path(f"{_ONE}publiceren/", editing.publish, name="initiative_publish"),
    path(f"{_ONE}voorstel/", proposing.proposal, name="initiative_proposal"),
    path(f"{_ONE}hypothese/", forecasting.hypothesis, name="initiative_hypothesis"),
    path(f"{_ONE}vooruitblik/", forecasting.forecast, name="initiative_forecast"),
    path(f"{_ONE}fase/<slug:target>/", proposing.stage, name="initiative_stage"),
    path(f"{_ONE}keuze/", recording.sourcing, name="initiative_sourcing"),
    path(f"{_ONE}overdracht/<slug:step>/", recording.transfer, name="initiative_transfer"),
    path(f"{_ONE}ethiek/", recording.ethics, name="initiative_ethics"),
    path(f"{_ONE}toets/<slug:kind>/", recording.assess, name="initiative_assess"),
    path(f"{_ONE}cyclus/", recording.cycle, name="initiative_cycle"),
]

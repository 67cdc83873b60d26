from django.urls import path

from . import downloads, making, rounds, views

urlpatterns = [
    path("instrumenten/", views.overview, name="instruments"),
    path("instrumenten/nieuw/", making.new, name="instrument_new"),
    path("instrumenten/<int:pk>/", views.instrument, name="instrument"),
    path("instrumenten/<int:pk>/aanpassen/", making.change, name="instrument_change"),
    path("instrumenten/<int:pk>/delen/", making.share, name="instrument_share"),
    path("instrumenten/<int:pk>/ronde/", rounds.new, name="round_new"),
    path("instrumenten/rondes/<int:pk>/", rounds.show, name="round"),
    path("instrumenten/rondes/<int:pk>/sluiten/", rounds.close, name="round_close"),
    path("instrumenten/rondes/<int:pk>/herzien/", rounds.again, name="round_again"),
    path("instrumenten/rondes/<int:pk>/uitkomst.csv", downloads.round_csv, name="round_csv"),
]

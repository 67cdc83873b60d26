from django.urls import path

from . import downloads, views

urlpatterns = [
    path("eigen-model/", views.overview, name="fits"),
    path("eigen-model/<int:pk>/", views.fit, name="fit"),
    path("eigen-model/<int:pk>/stoppen/", views.cancel, name="fit_cancel"),
    path("eigen-model/<int:pk>/gebruiken/", views.keep, name="fit_keep"),
    path("eigen-model/<int:pk>/getallen.csv", downloads.numbers_csv, name="fit_csv"),
    path("eigen-model/<int:pk>/toets.csv", downloads.held_back_csv, name="fit_test_csv"),
    path("eigen-model/<int:pk>/model.json", downloads.care_system, name="fit_json"),
]

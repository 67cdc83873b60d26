from django.urls import path

from . import downloads, editing, loading, views

urlpatterns = [
    path("aanbod/", views.finder, name="offers"),
    path("aanbod/dekking/", views.cover, name="offers_cover"),
    path("aanbod/vergelijken/", views.compare, name="offers_compare"),
    path("aanbod/aanbieders/", editing.providers, name="offer_providers"),
    path("aanbod/nieuw/", editing.new, name="offer_new"),
    path("aanbod/inlezen/", loading.load, name="offers_load"),
    path("aanbod/<int:pk>/", views.offer, name="offer"),
    path("aanbod/<int:pk>/wijzigen/", editing.change, name="offer_change"),
    path("aanbod/aanbod.csv", downloads.offers_csv, name="offers_csv"),
    path("aanbod/dekking.csv", downloads.cover_csv, name="offers_cover_csv"),
    path("aanbod/vergelijking.csv", downloads.compare_csv, name="offers_compare_csv"),
]

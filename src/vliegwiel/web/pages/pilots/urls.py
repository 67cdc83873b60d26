from django.urls import path

from . import planning, registering, views

_ONE = "proeven/<int:pilot>/"

urlpatterns = [
    path("proeven/", views.listed, name="pilots"),
    path("innovaties/<int:pk>/proef/", planning.new, name="pilot_new"),
    path(_ONE, views.plan, name="pilot"),
    path(f"{_ONE}wijzigen/", planning.change, name="pilot_change"),
    path(f"{_ONE}vastleggen/", registering.register, name="pilot_register"),
    path(f"{_ONE}aanpassing/", registering.amend, name="pilot_amend"),
]

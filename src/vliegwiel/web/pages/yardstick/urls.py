from django.urls import path

from . import views

_ONE = "meetlat/<slug:code>/"

urlpatterns = [
    path("meetlat/", views.library, name="yardstick"),
    path("meetlat/nieuw/", views.new, name="indicator_new"),
    path(_ONE, views.indicator, name="indicator"),
    path(f"{_ONE}wijzigen/", views.change, name="indicator_change"),
    path(f"{_ONE}streefwaarde/", views.target, name="target"),
]

from django.urls import path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("over/", views.about, name="about"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("regio/<slug:region_slug>/", views.region_home, name="region_home"),
]

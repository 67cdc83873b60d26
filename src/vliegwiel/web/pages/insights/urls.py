from django.urls import path

from . import views

urlpatterns = [
    path("begrijpen/", views.insights, name="insights"),
    path("begrijpen/kaart/", views.insight_map, name="insight_map"),
    path("begrijpen/<int:number>/", views.insight, name="insight"),
    path("begrijpen/<int:number>/prioriteit/", views.priority, name="insight_priority"),
]

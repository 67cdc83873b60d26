from django.urls import path

from . import views

urlpatterns = [path("zoeken/", views.results, name="search")]

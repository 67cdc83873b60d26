from django.urls import path

from . import views

urlpatterns = [
    path("proeven/", views.listed, name="pilots"),
    path("proeven/<int:pilot>/", views.plan, name="pilot"),
]

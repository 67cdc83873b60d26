from django.urls import path

from . import downloads, public

urlpatterns = [
    path("", public.register, name="innovations"),
    path("innovaties.csv", downloads.register_csv, name="innovations_csv"),
    path("landschap/", public.landscape, name="innovation_landscape"),
    path("catalogus/", public.catalogue, name="innovation_catalogue"),
    path("<int:pk>/", public.innovation, name="innovation"),
]

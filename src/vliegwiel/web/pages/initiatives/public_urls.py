from django.urls import path

from . import public

urlpatterns = [
    path("", public.register, name="innovations"),
    path("landschap/", public.landscape, name="innovation_landscape"),
    path("catalogus/", public.catalogue, name="innovation_catalogue"),
    path("<int:pk>/", public.innovation, name="innovation"),
]

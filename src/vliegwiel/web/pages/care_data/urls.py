from django.urls import path

from . import columns, handing, removing, views

urlpatterns = [
    path("zorgdata/", views.care_data, name="care_data"),
    path("zorgdata/<int:pk>/", views.delivery, name="care_delivery"),
    path("zorgdata/<int:pk>/verwijderen/", removing.delivery, name="care_delivery_remove"),
    path("zorgdata/bezig/<int:pk>/", handing.reading, name="care_reading"),
    path("zorgdata/bezig/<int:pk>/stoppen/", handing.stop, name="care_reading_stop"),
    path("zorgdata/kolommen/", columns.columns, name="care_columns"),
    path("zorgdata/persoon/", removing.person, name="care_person_remove"),
    path("zorgdata/bewaren/", removing.term, name="care_term"),
]

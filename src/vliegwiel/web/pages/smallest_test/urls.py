from django.urls import path

from . import downloads, views

urlpatterns = [
    path("verkennen/scenario/<int:pk>/kleinste-proef/", views.ask, name="smallest_test_ask"),
    path("verkennen/proef/<int:pk>/", views.run, name="smallest_test"),
    path("verkennen/proef/<int:pk>/annuleren/", views.cancel, name="smallest_test_cancel"),
    path("verkennen/proef/<int:pk>/opnieuw/", views.retry, name="smallest_test_retry"),
    path("verkennen/proef/<int:pk>/uitkomst.csv", downloads.csv, name="smallest_test_csv"),
    path("verkennen/proef/<int:pk>/uitkomst.json", downloads.json, name="smallest_test_json"),
]

from django.urls import path

from . import answering

urlpatterns = [
    path("<str:invite>/", answering.invited, name="invited"),
    path("antwoord/<str:secret>/", answering.answer, name="answering"),
]

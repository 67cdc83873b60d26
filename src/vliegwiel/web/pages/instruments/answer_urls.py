from django.urls import path, register_converter

from . import answering


class SecretPart:
    """An address as it is given out; anything else leads nowhere, without asking the database."""

    regex = "[A-Za-z0-9_-]{43}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(SecretPart, "answer_secret")

urlpatterns = [
    path("<answer_secret:invite>/", answering.invited, name="invited"),
    path("antwoord/<answer_secret:secret>/", answering.answer, name="answering"),
]

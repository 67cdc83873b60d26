from django.urls import path, register_converter

from vliegwiel.web import loop

from . import views


class ComingPart:
    """The address of a part whose pages are still to come."""

    regex = "|".join(part.path for part in loop.PARTS if part.path)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ComingPart, "coming_part")

urlpatterns = [path("<coming_part:part>/", views.coming_part, name="loop_part")]

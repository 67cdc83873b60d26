from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FiguresConfig(AppConfig):
    name = "vliegwiel.apps.figures"
    label = "figures"
    verbose_name = _("Figures")

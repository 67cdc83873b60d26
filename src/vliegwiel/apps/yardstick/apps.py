from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class YardstickConfig(AppConfig):
    name = "vliegwiel.apps.yardstick"
    label = "yardstick"
    verbose_name = _("Yardstick")

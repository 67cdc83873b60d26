"""Templates, static files and the theme."""

from .environment import MODE, PACKAGE_DIR, env

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE_DIR / "web/templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "vliegwiel.web.context.page",
            ],
        },
    }
]
# The "APP_DIRS" switch and an explicit list of loaders exclude each other.
del TEMPLATES[0]["APP_DIRS"]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
COTTON_DIR = "cotton"

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE_DIR / "web/static/dist"]
# Files are served from where the build leaves them; there is nothing to collect first.
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Colours, type and logo: one file in frontend/themes/, chosen by its name.
THEME = env.str("THEME", default="vliegwiel")
SHOW_DEMO_LOGINS = MODE == "demo"

__all__ = [
    "COTTON_DIR",
    "FORM_RENDERER",
    "SHOW_DEMO_LOGINS",
    "STATICFILES_DIRS",
    "STATIC_URL",
    "STORAGES",
    "TEMPLATES",
    "THEME",
    "WHITENOISE_USE_FINDERS",
]

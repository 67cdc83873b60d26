"""The door for a WSGI server (gunicorn vliegwiel.web.wsgi)."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from vliegwiel.web import charts

# gunicorn stops, and does not try again, when a worker ends with this status.
DOES_NOT_START = 3

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vliegwiel.web.settings")
try:
    application = get_wsgi_application()
except ImproperlyConfigured as error:
    print(error, file=sys.stderr)
    sys.exit(DOES_NOT_START)

# Loading the engine that draws takes seconds, which the first visitor need not wait for.
charts.warm()

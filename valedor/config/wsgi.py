"""What the web server calls."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "valedor.config.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from valedor.config.embedded.processes import end_with
from valedor.config.proxies import Forwarded

# The web server's own processes end with the one that started them, even when that is killed.
if os.environ.get("VALEDOR_WEB_PARENT") == str(os.getppid()):
    end_with(os.getppid())

application = Forwarded(get_wsgi_application(), trusted=settings.TRUSTED_PROXIES)

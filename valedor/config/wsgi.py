"""What the web server calls."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "valedor.config.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from valedor.config.proxies import Forwarded

application = Forwarded(get_wsgi_application(), trusted=settings.TRUSTED_PROXIES)

"""What complainants see: file, follow, answer, accept, contest."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "valedor.portal"

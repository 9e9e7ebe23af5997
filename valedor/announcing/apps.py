"""What other systems are told of cases."""

from django.apps import AppConfig


class AnnouncingConfig(AppConfig):
    name = "valedor.announcing"

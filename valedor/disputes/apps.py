"""What happens beyond the house: the way up, and the other bodies that hear a case."""

from django.apps import AppConfig


class DisputesConfig(AppConfig):
    name = "valedor.disputes"

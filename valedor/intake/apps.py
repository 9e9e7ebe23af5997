"""From a message to a registered case."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "valedor.intake"

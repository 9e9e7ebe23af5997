"""Who else is let in to a case."""

from django.apps import AppConfig


class ParticipantsConfig(AppConfig):
    name = "valedor.participants"

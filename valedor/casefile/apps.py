"""The case file: what is known of a case, and what happened to it."""

from django.apps import AppConfig


class CasefileConfig(AppConfig):
    name = "valedor.casefile"

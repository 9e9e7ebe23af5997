"""The words that every package needs."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "valedor.foundation"
    label = "foundation"

"""The place that knows everything."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "valedor.config"
    label = "config"

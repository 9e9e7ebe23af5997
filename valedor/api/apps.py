"""The interface for programs."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "valedor.api"

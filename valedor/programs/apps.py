"""Programs of other systems that are let in."""

from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    name = "valedor.programs"

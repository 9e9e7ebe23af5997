"""Law and the organisation's own rules, as data."""

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "valedor.procedures"

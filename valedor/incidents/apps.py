"""Emergencies, duty and incidents that gather many cases."""

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "valedor.incidents"

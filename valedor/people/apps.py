"""Who exists: the organisation, its staff, and the people who turn to it."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "valedor.people"

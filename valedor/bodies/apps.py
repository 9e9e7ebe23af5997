"""Bodies outside the house, and which of them the entities have joined."""

from django.apps import AppConfig


class BodiesConfig(AppConfig):
    name = "valedor.bodies"

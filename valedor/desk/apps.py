"""What staff see."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "valedor.desk"
    label = "desk"

"""Ways in and ways out."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "valedor.channels"

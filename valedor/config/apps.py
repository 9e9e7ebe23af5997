"""The place that knows everything."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "valedor.config"
    label = "config"

    def ready(self) -> None:
        """Connect whoever follows a fact: from here on, recording one enqueues their tasks."""
        from valedor.config import followers, lost_connections

        followers.connect()
        lost_connections.notice()

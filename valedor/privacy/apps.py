"""What may be known of people, for how long, and how it goes."""

from importlib import import_module

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "valedor.privacy"

    def ready(self) -> None:
        """Know the facts of erasure from the start: others follow them and tell them."""
        import_module("valedor.privacy.facts")

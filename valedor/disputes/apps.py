"""What happens beyond the house: the way up, and the other bodies that hear a case."""

from importlib import import_module

from django.apps import AppConfig


class DisputesConfig(AppConfig):
    name = "valedor.disputes"

    def ready(self) -> None:
        """Know the facts of disputes from the start: timelines tell them."""
        import_module("valedor.disputes.facts")
        import_module("valedor.disputes.referral.facts")

"""What may be known of people, for how long, and how it goes."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "valedor.privacy"

"""From acknowledgement to closure: the operating steps of ISO 10002."""

from django.apps import AppConfig


class HandlingConfig(AppConfig):
    name = "valedor.handling"

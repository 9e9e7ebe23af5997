"""What the organisation knows."""

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "valedor.knowledge"

"""How it looks: base pages, components, tokens, icons, custom elements."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "valedor.design"
    label = "design"

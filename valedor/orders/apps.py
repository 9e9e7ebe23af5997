"""Goods and services that people order."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "valedor.orders"

"""Appointments at the counter and visits at home."""

from django.apps import AppConfig


class BookingsConfig(AppConfig):
    name = "valedor.bookings"

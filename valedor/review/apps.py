"""The answer contested: a second look by someone else."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "valedor.review"

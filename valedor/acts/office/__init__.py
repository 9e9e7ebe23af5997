"""What the ombudsman's office can do in a file: each act with its noun, form, rule and sentence."""

from .table import GROUPS, OFFICE_ACTS

__all__ = ["GROUPS", "OFFICE_ACTS"]

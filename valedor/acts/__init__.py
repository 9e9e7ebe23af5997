"""What staff can do to a case: each act with its noun, its form, its rule and its sentence."""

from .act import Act, Situation
from .table import ACTS, EVERY_ACT, GROUPS

__all__ = ["ACTS", "EVERY_ACT", "GROUPS", "Act", "Situation"]

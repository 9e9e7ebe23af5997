"""What staff can do to a case: each act with its noun, its form, its rule and its sentence."""

from .act import Act, Situation
from .table import ACTS, GROUPS

__all__ = ["ACTS", "GROUPS", "Act", "Situation"]

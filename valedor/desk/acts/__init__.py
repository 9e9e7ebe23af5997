"""What can be done to a case, each act with its address, its form and its sentence."""

from .act import Act, Situation
from .table import ACTS, GROUPS

__all__ = ["ACTS", "GROUPS", "Act", "Situation"]

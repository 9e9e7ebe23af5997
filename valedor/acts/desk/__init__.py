"""What staff do that is not on one case: each act with its form, for pages and programs."""

from .desk_act import Desk, DeskAct, DeskForm
from .table import DESK_ACTS

__all__ = ["DESK_ACTS", "Desk", "DeskAct", "DeskForm"]

"""What happens beyond the house: dossiers for other bodies, and cases that are before them."""

from .dossiers import Dossier
from .referrals import HearingDate, Position, Proposal, Referral

__all__ = ["Dossier", "HearingDate", "Position", "Proposal", "Referral"]

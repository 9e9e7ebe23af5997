"""Who exists: the organisation and its legal entities, staff and their roles, complainants."""

from .complainants import ContactPoint, Contract, Mandate, Person, PersonMerge
from .office import OfficeRequest
from .organisation import Closure, Configuration, Entity, Organisation, Team
from .promotion import PromotionConsent
from .staff import Absence, Account, AdministrationEntry, Role, RoleGrant
from .unsent import UnsentPost

__all__ = [
    "Absence",
    "Account",
    "AdministrationEntry",
    "Closure",
    "Configuration",
    "ContactPoint",
    "Contract",
    "Entity",
    "Mandate",
    "OfficeRequest",
    "Organisation",
    "Person",
    "PersonMerge",
    "PromotionConsent",
    "Role",
    "RoleGrant",
    "Team",
    "UnsentPost",
]

"""What administrators may not do, and why. Pure: whoever asks brings what the answer needs."""

from .absences import (
    LONGEST_ABSENCE,
    why_not_away,
    why_not_end_absence,
    why_not_tell_absence,
)
from .accounts import (
    why_not_hours,
    why_not_telephone,
    why_not_username,
)
from .entities import (
    LONGEST_HELD,
    LONGEST_REACTION,
    SHORTEST_REACTION,
    why_not_days_to_react,
    why_not_embedding_sites,
    why_not_languages,
    why_not_place,
    why_not_seconds_to_take_back,
    why_not_trade_hours,
)
from .office import (
    why_not_answer,
    why_not_ask_office,
    why_not_touch_sign_in,
    why_office_first,
)
from .roles import (
    TEAM_ROLES,
    why_not_give_up,
    why_not_grant,
    why_not_role_there,
    why_not_team,
    why_not_together,
)
from .settings import (
    RESERVED_KEYS,
    why_not_administer,
    why_not_key,
)
from .words import nearest

__all__ = [
    "LONGEST_ABSENCE",
    "LONGEST_HELD",
    "LONGEST_REACTION",
    "RESERVED_KEYS",
    "SHORTEST_REACTION",
    "TEAM_ROLES",
    "nearest",
    "why_not_administer",
    "why_not_answer",
    "why_not_ask_office",
    "why_not_away",
    "why_not_days_to_react",
    "why_not_embedding_sites",
    "why_not_end_absence",
    "why_not_give_up",
    "why_not_grant",
    "why_not_hours",
    "why_not_key",
    "why_not_languages",
    "why_not_place",
    "why_not_role_there",
    "why_not_seconds_to_take_back",
    "why_not_team",
    "why_not_telephone",
    "why_not_tell_absence",
    "why_not_together",
    "why_not_touch_sign_in",
    "why_not_trade_hours",
    "why_not_username",
    "why_office_first",
]

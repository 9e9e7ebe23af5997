"""Which team a new contact goes to: its category's, else its area's, else the reception."""

from valedor.people.models import Team
from valedor.procedures.house_rules import HouseRules
from valedor.procedures.models import Category


def team_for(house: HouseRules, category: Category | None) -> Team | None:
    """The team that receives a contact; none only where an entity has no team at all."""
    while category is not None:
        if category.team is not None and category.team.is_active:
            return category.team
        category = house.categories.get(category.parent_id or 0)
    return house.reception

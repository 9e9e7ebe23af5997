"""What lies on the desk, read by a token that acts as a person: what their pages show them."""

from valedor.api.reading import (
    duty,
    held,
    incidents,
    knowledge,
    letters,
    office,
    orders,
    persons,
    public_messages,
    scans,
)

ROUTERS = [
    module.router
    for module in (
        orders,
        letters,
        held,
        scans,
        knowledge,
        incidents,
        duty,
        persons,
        public_messages,
        office,
    )
]

"""Which columns of the orders are personal: what was answered, and where it is brought."""

from valedor.foundation.personal import CODE, OF_THE_HOUSE, Columns, of_the_case

COLUMNS: Columns = {
    "Product.key": OF_THE_HOUSE,
    "Product.name": OF_THE_HOUSE,
    "Product.about": OF_THE_HOUSE,
    "Product.questions": OF_THE_HOUSE,
    "Order.answers": of_the_case("what somebody answered about their order"),
    "Order.address": of_the_case("where an order is brought"),
    "Order.state": CODE,
    "Order.cancelled_by": CODE,
}

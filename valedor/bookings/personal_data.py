"""Which columns of the appointments are personal: where somebody is visited."""

from valedor.foundation.personal import CODE, OF_THE_HOUSE, Columns, of_the_case

COLUMNS: Columns = {
    "Service.key": OF_THE_HOUSE,
    "Service.name": OF_THE_HOUSE,
    "Service.about": OF_THE_HOUSE,
    "Service.place": OF_THE_HOUSE,
    "Service.hours": OF_THE_HOUSE,
    "Booking.address": of_the_case("where somebody is visited"),
    "Booking.state": CODE,
    "Booking.cancelled_by": CODE,
}

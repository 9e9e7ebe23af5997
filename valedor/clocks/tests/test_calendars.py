"""Which days are worked where, which regions are known, which zones they keep."""

from datetime import date

import pytest

from valedor.clocks.calendars import working_calendar
from valedor.clocks.counting import Counting
from valedor.clocks.refusals import ClockRefused
from valedor.clocks.zones import zone_named, zone_of

from .examples import BANKS, STAYS


@pytest.mark.parametrize(
    ("regions", "day", "worked"),
    [
        (("ES-CT",), date(2026, 6, 24), False),
        (("ES-MD",), date(2026, 6, 24), True),
        (("ES-MD", "ES-CT"), date(2026, 6, 24), False),
        (("ES-CT-BCN",), date(2026, 9, 24), False),
        (("ES-CT",), date(2026, 9, 24), True),
        (("BR-RJ",), date(2026, 4, 23), False),
        (("BR",), date(2026, 4, 23), True),
        (("BR",), date(2026, 2, 16), True),
        (("BR-BANK",), date(2026, 2, 16), False),
        (("BR-BANK",), date(2026, 2, 18), True),
        (("ES",), date(2026, 8, 22), False),
    ],
)
def test_a_day_is_worked_or_not(regions: tuple[str, ...], day: date, worked: bool) -> None:
    assert working_calendar(regions).is_business_day(day, STAYS) is worked


def test_banks_bring_their_own_calendar() -> None:
    assert not working_calendar(("BR",)).is_business_day(date(2026, 2, 17), BANKS)


def test_local_holidays_may_be_left_out() -> None:
    without = Counting("without", local_holidays=False)
    assert working_calendar(("ES-CT-BCN",)).is_business_day(date(2026, 9, 24), without)


def test_tables_grow_backwards_and_forwards() -> None:
    days = working_calendar(("PT",)).worked_days(STAYS)
    assert days.nth_after(date(2026, 1, 1), 1) == date(2026, 1, 2)
    assert days.nth_after(date(2019, 12, 31), 1) == date(2020, 1, 2)
    assert days.nth_after(date(2026, 12, 31), 300) > date(2028, 1, 1)
    assert days.between(date(2026, 11, 2), date(2026, 11, 9)) == 5


@pytest.mark.parametrize(
    ("key", "nearest"), [("ES-CTT", "ES-CT"), ("es-md", "ES-MD"), ("BR-BANKS", "BR-BANK")]
)
def test_an_unknown_region_is_refused_with_the_nearest(key: str, nearest: str) -> None:
    with pytest.raises(ClockRefused) as refused:
        working_calendar((key,))
    assert refused.value.particulars["nearest"] == nearest


def test_no_region_is_refused() -> None:
    with pytest.raises(ClockRefused, match="no_region"):
        working_calendar(())


@pytest.mark.parametrize(
    ("region", "zone"),
    [
        ("ES", "Europe/Madrid"),
        ("ES-CN", "Atlantic/Canary"),
        ("ES-CT-BCN", "Europe/Madrid"),
        ("BR-AM", "America/Manaus"),
        ("BR-BANK", "America/Sao_Paulo"),
    ],
)
def test_a_region_tells_its_zone(region: str, zone: str) -> None:
    assert zone_of(region).key == zone


@pytest.mark.parametrize("region", ["US", "AU", "MX"])
def test_a_country_of_several_zones_asks(region: str) -> None:
    with pytest.raises(ClockRefused, match="timezone_needed"):
        zone_of(region)


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(ClockRefused, match="unknown_timezone"):
        zone_named("Europe/Barcelona")

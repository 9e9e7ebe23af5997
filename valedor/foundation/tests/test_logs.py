"""Log lines: one a record, with fields, safe against what is written into them."""

import logging

from valedor.foundation import logs


def line(message: str, **fields: object) -> str:
    record = logging.makeLogRecord(
        {"name": "valedor.casefile", "levelname": "INFO", "msg": message, "created": 0.5, **fields}
    )
    return logs.LineFormatter().format(record)


def test_fields_follow_the_message() -> None:
    assert line("case closed", reference="2026-004182-P", days=3) == (
        "1970-01-01T00:00:00.500Z INFO valedor.casefile case closed reference=2026-004182-P days=3"
    )


def test_a_value_cannot_begin_a_line_or_a_field() -> None:
    assert line("arrived", topic='a\nERROR x="y"').count("\n") == 0
    assert 'topic="a b"' in line("arrived", topic="a b")
    assert line("two\nlines").count("\n") == 0


def test_lines_of_a_request_carry_its_name() -> None:
    with logs.correlated("job-7"):
        assert line("sent").endswith(" in=job-7")
    assert not line("sent").endswith("job-7")

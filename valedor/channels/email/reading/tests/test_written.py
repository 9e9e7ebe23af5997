"""Whatever legal message somebody writes, what they wrote comes out; whatever becomes of it on its
way, what is left is read.
"""

from collections import Counter
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from valedor.channels.email.reading import Attachment, ReadMessage, read
from valedor.channels.email.reading.as_json import as_json

from .holding import read_strictly
from .written import Node, Written, badly_separated, cut_off, lines_of, messages, spoiled

# A guard against running without end, on a machine that has much else to do.
_GUARD = timedelta(seconds=20)
_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
many = settings(max_examples=70, deadline=_GUARD, derandomize=True, suppress_health_check=_SLOW)


@many
@given(messages())
def test_what_was_written_comes_out(written: Written) -> None:
    _comes_out(written, read_strictly(written.content))


def _comes_out(written: Written, found: ReadMessage) -> None:
    assert found.author == written.author
    assert found.to == written.to
    assert found.subject == written.subject
    assert found.date == written.date
    expected = [line for text in written.body.texts for line in lines_of(text)]
    assert lines_of(found.text) + lines_of(found.quoted) == expected
    assert [one.sha256 for one in found.attachments] == [
        digest for _name, digest in written.body.files
    ]
    for one, (name, _digest) in zip(found.attachments, written.body.files, strict=True):
        assert not name or one.name == name
    assert [defect.code for defect in found.defects] == []
    within = [one.message for one in found.attachments if one.message is not None]
    assert len(within) == len(written.body.within)
    for inner, message in zip(written.body.within, within, strict=True):
        _comes_out(inner, message)


@many
@given(st.data())
def test_what_came_before_the_cut_comes_out(data: st.DataObject) -> None:
    written = data.draw(messages())
    content = data.draw(cut_off(written))
    found = read_strictly(content)
    whole = _whole_before(written, len(content))
    assert not _missing(
        [line for leaf in whole for text in leaf.texts for line in lines_of(text)],
        lines_of(found.text) + lines_of(found.quoted),
    )
    assert not _missing(
        [digest for leaf in whole for _name, digest in leaf.files],
        [one.sha256 for one in found.attachments],
    )
    if whole and len(content) < len(written.content) - 30:
        assert found.defects


def _whole_before(written: Written, cut: int) -> list[Node]:
    """The parts of a multipart that end with their line end before the cut."""
    whole, searched = [], 0
    for leaf in written.body.leaves if written.body.parts else []:
        begins = written.content.index(leaf.content, searched)
        searched = begins + len(leaf.content)
        if searched + 2 <= cut:
            whole.append(leaf)
    return whole


def _missing(expected: list[str], found: list[str]) -> Counter[str]:
    return Counter(expected) - Counter(found)


@many
@given(st.data())
def test_parts_that_are_badly_separated_come_out_or_are_named(data: st.DataObject) -> None:
    written = data.draw(messages())
    content = data.draw(badly_separated(written))
    found = read_strictly(content)
    everything = "\n".join([found.text, found.quoted, *map(_as_text, found.attachments)])
    shown = lines_of(everything)
    digests = {one.sha256 for one in found.attachments}
    for leaf in written.body.leaves:
        if not leaf.content.lower().startswith(b"content-"):
            continue  # Nobody can tell it from the words that stand around parts.
        raw = lines_of(leaf.body.decode("utf-8", "replace"))
        comes_out = (
            not _missing([line for text in leaf.texts for line in lines_of(text)], shown)
            and all(digest in digests for _name, digest in leaf.files)
        ) or not _missing(raw, shown)
        assert comes_out or found.defects


def _as_text(attachment: Attachment) -> str:
    return attachment.content.decode("utf-8", "replace")


@many
@given(st.data())
def test_whatever_became_of_it_is_read_in_one_way(data: st.DataObject) -> None:
    content = data.draw(spoiled(data.draw(messages())))
    found = read_strictly(content)
    assert as_json(read(content)) == as_json(found)
    assert "unread" not in {defect.code for defect in found.defects}
    size = sum(one.size for one in found.attachments)
    assert size + len(found.text.encode()) <= 8 * len(content) + 1_000

"""What was made to do harm is read like anything else, and does none."""

import re
import subprocess
import sys

import pytest

from valedor.channels.email.reading import limits

from .holding import read_strictly
from .hostile import HOSTILE

_RUNS = re.compile(
    r"<(?:script|style|iframe|object|embed|form|input|svg|math|meta|base|link|body)\b"
    r"|<[^>]*\s(?:on\w+|style|srcset|srcdoc|background|action)\s*="
    r"|<img[^>]*\ssrc=\"(?!cid:)|<a[^>]*\shref=\"(?!https?://|mailto:|tel:)",
    re.IGNORECASE,
)
# A process of its own, so that its processor time and memory can be limited.
_GIANTS = """
import resource
resource.setrlimit(resource.RLIMIT_CPU, (100, 100))
resource.setrlimit(resource.RLIMIT_AS, (2 * 2**30, 2 * 2**30))
from valedor.channels.email.reading import limits, read
head = b"From: a@b.example\\nMIME-Version: 1.0\\n"
most = limits.MOST_BYTES
for content in (
    head + b"Content-Transfer-Encoding: base64\\nContent-Type: image/png\\n\\n"
    + b"QUJD" * (most // 4 - 99),
    head + b"\\n" + "la línia va i ve\\n".encode() * (most // 19),
    head + b"Content-Type: text/html\\n\\n" + b"<p>x <b>y</b></p>\\n" * (most // 18),
    head + b"Content-Type: multipart/mixed; boundary=b\\n\\n" + b"--b\\n\\nx\\n" * (most // 8),
):
    message = read(content)
    print(len(message.attachments), *(defect.code for defect in message.defects))
"""


@pytest.mark.parametrize("name", HOSTILE)
def test_is_read_and_does_no_harm(name: str) -> None:
    message = read_strictly(HOSTILE[name]())
    assert len(message.text) <= limits.LONGEST_TEXT + 1_000
    assert len(message.attachments) <= limits.MOST_PARTS + 1_000
    assert len(message.defects) <= limits.MOST_DEFECTS + 1
    assert _RUNS.search(message.html or "") is None


def test_there_are_fifty() -> None:
    assert len(HOSTILE) >= 50


def test_what_is_beyond_a_limit_stays_or_is_named() -> None:
    message = read_strictly(HOSTILE["parts without number"]())
    assert [defect.code for defect in message.defects] == ["too_many_parts"]
    rest = message.attachments[-1].content
    assert rest.count(b"--b") == 100_000 - limits.MOST_PARTS - 1
    message = read_strictly(HOSTILE["messages within messages"]())
    for _level in range(limits.DEEPEST_MESSAGE):
        (attachment,) = message.attachments
        assert attachment.message is not None
        message = attachment.message
    assert [defect.code for defect in message.defects] == ["messages_too_deep", "no_sender"]
    assert message.attachments[0].message is None
    assert message.attachments[0].content.count(b"rfc822") > 99_000


def test_giants_take_bounded_time_and_memory() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _GIANTS], check=False, capture_output=True, text=True
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "1",
        "1 no_charset text_too_long",
        "1 too_large html_too_long",
        "9901 too_many_parts",
    ]


def test_nothing_heavy_is_loaded_for_an_ordinary_message() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from valedor.channels.email.reading import read;"
            "read(b'From: a@b.example\\n\\nBon dia');"
            "print({'django', 'charset_normalizer', 'email', 'lxml'} & set(sys.modules))",
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout == "set()\n"

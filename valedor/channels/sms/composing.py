"""A letter as short messages say it.

A message that somebody wrote goes whole where it is short. What is longer, or has papers, stands on
the page of the case: the short message says what it is and leads there, by an address short enough
for one message.
"""

from django.utils import translation
from django.utils.translation import gettext as _

from valedor.casefile import letters
from valedor.casefile.models import Letter
from valedor.channels.sms.counting import folded, size_of

MOST_PARTS = 6


def words_of(letter: Letter) -> str:
    """What is sent, in the language of the letter."""
    whole = letters.words_by_sms(letter).strip()
    if not letter.with_receipt and size_of(whole).parts <= MOST_PARTS:
        return whole
    subject, reference = letter.subject.strip().rstrip("."), letter.case.reference
    with translation.override(letter.language):
        words = _("%(entity)s: %(subject)s. Read it here: %(link)s")
        said = words % {
            "entity": letter.case.entity.name,
            "subject": subject if reference in subject else f"{subject} ({reference})",
            "link": letters.short_link(letter),
        }
    # Nothing of the letter itself is written otherwise than it is: this only says where it lies.
    plain = folded(said)
    return plain if size_of(plain).parts < size_of(said).parts else said

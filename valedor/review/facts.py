"""What can happen when an answer is contested."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from valedor.casefile.facts import Fact


@dataclass(frozen=True, kw_only=True)
class Contested(Fact, kind="case.contested"):
    """The person does not agree with the answer.

    A second look begins. Their reasons are the body.
    """

    sentence = _("The person contested the answer; someone else takes a second look.")
    icon = "contested"

    response: int
    instance: int
    channel: str

"""Letters printed together, for the next post."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from valedor.acts.desk.desk_act import Desk
from valedor.acts.reading import printing as reading
from valedor.acts.reading.post_room import companys_post
from valedor.channels.post import print_rules
from valedor.foundation.refusals import Refusal


def houses(desk: Desk) -> list[tuple[str, str]]:
    """The entities whose letters its author sees to."""
    return [(one.key, one.name) for one in reading.entities_with_post(companys_post(desk.viewer))]


def why_not_print(desk: Desk) -> Refusal | None:
    """Something waits, at an entity that the address names. Raises ``Http404``."""
    waiting = reading.waiting_at(companys_post(desk.viewer), desk.thing)
    if waiting is None:
        raise Http404
    return print_rules.why_not_print(waiting)


def do_print(desk: Desk, given: Mapping[str, Any]) -> str:
    room = companys_post(desk.viewer)
    run = reading.print_of(room, desk.thing, by=desk.account, at=desk.at)
    desk.made = f"print-runs/{run.pk}"
    return _("Printed: save the file, and print it as often as needed.")

"""Every act of the desk that is not on one case, by its noun (``/api/v1/acts/giving-out``)."""

from valedor.acts.desk.desk_act import DeskAct
from valedor.acts.desk.table import emergencies, knowledge, office, people, post, unread, work

DESK_ACTS: dict[str, DeskAct] = {
    act.noun: act
    for acts in (
        work.ACTS,
        unread.ACTS,
        post.ACTS,
        people.ACTS,
        emergencies.ACTS,
        knowledge.ACTS,
        office.ACTS,
    )
    for act in acts
}

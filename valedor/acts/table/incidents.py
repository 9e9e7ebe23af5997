"""Acts that gather a case into an incident, which has a page of its own on the desk."""

from django.utils.translation import gettext_lazy as _

from valedor.acts import gathering, things
from valedor.acts.act import Act

ACTS = [
    Act(
        noun="incident-joining",
        title=_("It belongs to an incident"),
        words=_("The person sees it on their page."),
        button=_("It belongs to it"),
        form=gathering.IncidentForm,
        do=gathering.do_join,
        why_not=gathering.why_not_gather,
    ),
    Act(
        noun="incident-declining",
        title=_("It does not belong to an incident"),
        words=_("It is proposed no more."),
        button=_("It does not belong to it"),
        form=gathering.IncidentForm,
        do=gathering.do_decline,
        why_not=gathering.why_not_gather,
    ),
    Act(
        noun="incident-leaving",
        items=things.incidents,
        title=_("It goes its own way"),
        words=_("What the person was told stays told."),
        button=_("It goes its own way"),
        form=gathering.LeavingForm,
        do=gathering.do_leave,
        why_not=gathering.why_not_leave,
    ),
]

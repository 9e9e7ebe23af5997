"""Acts on what people want sent to them."""

from django.utils.translation import gettext_lazy as _

from valedor.acts.desk import promotion
from valedor.acts.desk.desk_act import DeskAct
from valedor.acts.desk.people import no_list
from valedor.people.permissions import Permission

_WHO = (Permission.REGISTER, Permission.CORRECT, Permission.AUDIT)

ACTS = [
    DeskAct(
        noun="consent",
        page="desk:person",
        title=_("They want promotional contact"),
        words=_("A yes as it was given: when, how and to which words."),
        permissions=_WHO,
        form=promotion.YesForm,
        things=no_list,
        why_not=promotion.why_not_say,
        do=promotion.do_record,
    ),
    DeskAct(
        noun="consent-withdrawal",
        page="desk:person",
        title=_("They want no promotional contact any more"),
        permissions=_WHO,
        form=promotion.NoForm,
        things=no_list,
        why_not=promotion.why_not_say,
        do=promotion.do_withdraw,
    ),
]

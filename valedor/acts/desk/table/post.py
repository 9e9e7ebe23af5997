"""Acts on paper: scanned in, printed."""

from django.utils.translation import gettext_lazy as _

from valedor.acts.desk import printing, scans
from valedor.acts.desk.desk_act import DeskAct
from valedor.acts.reading.post_room import WORKS
from valedor.people.permissions import Permission

ACTS = [
    DeskAct(
        noun="scans",
        page="desk:scan_in",
        title=_("Scan letters"),
        words=_(
            "PDF, TIFF, JPEG or PNG, as many pages as there are. One letter a file, or a whole "
            "stack with a separator sheet between the letters."
        ),
        permissions=(Permission.REGISTER,),
        form=scans.TakingInForm,
        do=scans.do_take_in,
        with_files=True,
    ),
    DeskAct(
        noun="printing",
        page="desk:print",
        title=_("Print what waits"),
        permissions=WORKS,
        things=printing.houses,
        why_not=printing.why_not_print,
        do=printing.do_print,
    ),
]

"""What is done at the counter, on a page of its own."""

from django.utils.translation import gettext_lazy as _

from valedor.acts import handing_in
from valedor.acts.act import Act

ACTS = [
    Act(
        noun="papers",
        title=_("Papers handed in"),
        button=_("Take them in"),
        form=handing_in.PapersForm,
        do=handing_in.do_hand_in,
        why_not=handing_in.why_not_hand_in,
        with_files=True,
    ),
]

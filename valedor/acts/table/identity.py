"""Acts that show who somebody is."""

from django.utils.translation import gettext_lazy as _

from valedor.acts import identity
from valedor.acts.act import Act

ACTS = [
    Act(
        noun="identity",
        rule="send_identity_code",
        group="words",
        title=_("Have them show who they are"),
        words=_(
            "A code of six digits goes to an address that we knew before. Whoever is on the "
            "telephone, in the chat or here reads it to you within ten minutes."
        ),
        button=_("Send the code"),
        form=identity.IdentityForm,
        do=identity.do_send,
        more=identity.what_may_be_told,
        icon="shield",
    ),
    Act(
        noun="identity-code",
        rule="send_identity_code",
        title=_("The code that they read to you"),
        words=_("Five tries, ten minutes. It is noted in the case whether it was right."),
        button=_("Check it"),
        form=identity.IdentityCodeForm,
        do=identity.do_check,
        why_not=identity.why_not_check,
        more=identity.what_may_be_told,
    ),
]

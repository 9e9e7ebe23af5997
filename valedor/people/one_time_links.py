"""Links that open once: an invitation and a forgotten password are the same thing.

A link leads to choosing a password. It names the account, is signed with the installation's secret,
and dies when it is used, when the password or the address changes, and after a while.
"""

from datetime import timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils.http import base36_to_int

RESET_LASTS = timedelta(days=1)


class OneTimeLinks(PasswordResetTokenGenerator):
    """What makes a link single: it depends on the password, the last sign-in and the address."""

    def check_token(self, user: AbstractBaseUser | None, token: str | None) -> bool:
        """Whether the link still opens. Seven days for an invitation, one for a reset."""
        if user is None or not user.is_active or not super().check_token(user, token):  # type: ignore[arg-type]
            return False
        if not user.has_usable_password():
            return True
        age = self._num_seconds(self._now()) - base36_to_int(str(token).split("-")[0])
        return bool(age <= RESET_LASTS.total_seconds())

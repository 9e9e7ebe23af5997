"""Sign-in of staff: accounts are made by administrators, never by signing up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """The sign-in library, closed to strangers."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

"""The addresses of the pages that the company's desk and the ombudsman's office have alike."""

from django.urls import reverse

from valedor.acts.reading.post_room import PostRoom

_CASE = {False: "desk:case", True: "desk:office_file"}


def address(room: PostRoom, name: str, *args: object) -> str:
    """The address of a page of letters on either side of the wall."""
    return reverse(f"desk:office_{name}" if room.is_of_the_office else f"desk:{name}", args=args)


def address_of_case(room: PostRoom, reference: str) -> str:
    """The page of the case, or of the file."""
    return reverse(_CASE[room.is_of_the_office], args=[reference])


def place_of(room: PostRoom) -> str:
    """Where its pages stand in the menu."""
    return "house:office_letters" if room.is_of_the_office else "house:letters"

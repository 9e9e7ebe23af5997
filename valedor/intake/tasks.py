"""What the worker does for intake, by the timetable."""

from valedor.foundation import jobs
from valedor.foundation.moments import now
from valedor.intake import book


@jobs.task(once="give-book-numbers")
def give_book_numbers() -> None:
    """Give new registrations their numbers in the book."""
    book.give_book_numbers(now())

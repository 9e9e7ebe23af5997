"""What people of another house get no list of, by its page and by API alike."""

LISTS_OF_THE_HOUSE = frozenset(
    {
        "held",
        "held_message",
        "held_content",
        "held_row",
        "imports",
        "letters_out",
        "marked",
        "public_messages",
        "public_message",
        "public_message_new",
        "recommendation",
        "recommendations",
        "scan",
        "scan_content",
        "scan_page",
        "scans",
        "spam",
    }
)
"""What shows or hands out more than the open cases of some teams: not for people of another house
(``Viewer.only_teams``), whatever their role permits here.
"""

"""Forms that a page shows and a program fills in."""

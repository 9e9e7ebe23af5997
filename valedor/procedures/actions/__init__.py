"""Changing what an entity adds to the law, an act a file."""

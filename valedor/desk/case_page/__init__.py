"""What the page of a case shows: ``page`` puts it together, each other file has one part of it."""

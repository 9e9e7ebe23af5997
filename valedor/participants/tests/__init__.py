"""Who is let in to a case, how far, and how it ends."""

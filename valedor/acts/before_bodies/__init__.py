"""A case before other bodies: turned to, notified, heard, proposed, concluded, over."""

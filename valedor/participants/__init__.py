"""Who else is let in to a case: representatives, consumer associations, interpreters, company."""

"""Pages for complainants: no account, no JavaScript needed."""

"""The pages of what the organisation knows: read, search, write, publish."""

"""The public form as a channel: what is posted is kept raw first, then read into a submission."""

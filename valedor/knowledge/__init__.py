"""What the organisation knows and how it speaks: articles, and guidance for whoever talks."""

"""The settings, for administrators: a page for everything that `valedor configure` covers."""

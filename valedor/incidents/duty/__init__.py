"""Who is on duty, and calling them out until somebody takes an emergency."""

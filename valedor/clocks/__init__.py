"""Legal time as arithmetic: calendars, limits, pauses, due days. No database and no words."""

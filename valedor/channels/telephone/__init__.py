"""The telephone: lines, what the switchboard says of their calls, and what becomes of each."""

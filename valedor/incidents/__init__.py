"""Emergencies and what befalls many at once: who is called out, and one incident of many cases."""

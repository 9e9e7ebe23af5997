"""Backups: database, documents and keys of one moment in one file, and the way back."""

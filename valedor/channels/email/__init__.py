"""E-mail: letters out."""

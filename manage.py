#!/usr/bin/env python3
"""Django's own commands (makemigrations, dbshell …). The product's command is ``valedor``."""

import os
import sys
from contextlib import nullcontext

from django.core.management import execute_from_command_line

from valedor.config import database

AS_OWNER = {"migrate", "dbshell", "sqlmigrate", "showmigrations", "makemigrations"}
WITHOUT_DATABASE = {"check", "collectstatic", "findstatic", "help"}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "valedor.config.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    with (
        nullcontext()
        if command in WITHOUT_DATABASE
        else database.available("owner" if command in AS_OWNER else "application")
    ):
        execute_from_command_line(sys.argv)

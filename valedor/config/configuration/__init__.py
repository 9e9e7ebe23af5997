"""The settings of an installation as one TOML file: read, applied, and written out again."""

from .apply import Applied, apply
from .export import exported
from .read import ConfigurationRefused, read

__all__ = ["Applied", "ConfigurationRefused", "apply", "exported", "read"]

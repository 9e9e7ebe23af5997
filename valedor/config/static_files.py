"""Style sheets, scripts and images, collected under hashed names where they are stale."""

import hashlib
from importlib.metadata import version

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

_MARK = ".collected"


def collect_stale() -> bool:
    """Collect into STATIC_ROOT when a file was added, changed or removed since the last time."""
    mark = settings.STATIC_ROOT / _MARK
    state = _state()
    if mark.exists() and mark.read_text("ascii") == state:
        return False
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    mark.write_text(state, "ascii")
    return True


def _state() -> str:
    lines = []
    for finder in get_finders():
        for path, storage in finder.list([]):
            changed_at = storage.get_modified_time(path).isoformat()
            lines.append(f"{path} {storage.size(path)} {changed_at}")
    described = "\n".join([version("django"), version("whitenoise"), *sorted(lines)])
    return hashlib.sha256(described.encode()).hexdigest()

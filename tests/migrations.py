"""Migrations form one line: each package names its last in ``max_migration.txt``, and none forks.

Two that were made at the same time then collide in git, where it is cheap.
"""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def problems(root: Path = ROOT) -> list[str]:
    """What is wrong, a sentence each."""
    found = []
    for folder in sorted(root.glob("valedor/*/migrations")):
        package = folder.parent.name
        names = sorted(path.stem for path in folder.glob("[0-9]*.py"))
        if not names:
            continue
        parents = {name: _parents(folder / f"{name}.py", package) for name in names}
        last = [name for name in names if not any(name in of for of in parents.values())]
        if len(last) != 1:
            found.append(f"{package}: the line forks, its ends are {', '.join(last)}.")
        mark = folder / "max_migration.txt"
        marked = mark.read_text("utf-8").strip() if mark.exists() else "missing"
        if last and marked != names[-1]:
            found.append(f"{package}: max_migration.txt says {marked}, the last is {names[-1]}.")
    return found


def _parents(path: Path, package: str) -> list[str]:
    """The migrations of the same package that this one names as its dependencies."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "dependencies":
            pairs = [item.elts for item in ast.walk(node.value) if isinstance(item, ast.Tuple)]
            return [
                str(name.value)
                for label, name in (pair for pair in pairs if len(pair) == 2)
                if isinstance(label, ast.Constant)
                and isinstance(name, ast.Constant)
                and label.value == package
            ]
    return []


if __name__ == "__main__":
    sentences = problems()
    print("\n".join(sentences))
    sys.exit(1 if sentences else 0)

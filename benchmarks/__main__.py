"""`make bench`: every measurement, or those that are named (`make bench BENCH="registration
pages"`).
"""

import importlib
import subprocess
import sys
import time

MEASUREMENTS = (
    "registration",
    "importing",
    "mailing",
    "ringing",
    "pages",
    "sweeping",
    "dossier",
    "starting",
    "killing",
)


def main(names: list[str]) -> int:
    """Measure; results are printed and kept in benchmarks/results/."""
    unknown = [name for name in names if name not in MEASUREMENTS]
    if unknown:
        print(f"There is no measurement {unknown[0]}. Known are: {', '.join(MEASUREMENTS)}.")
        return 2
    if len(names) == 1:
        began = time.monotonic()
        print(names[0], flush=True)
        importlib.import_module(f"benchmarks.{names[0]}").measure()
        print(f"  took {time.monotonic() - began:.0f} s", flush=True)
        return 0
    # Django is set up once in a process, for one installation.
    failed = [
        name
        for name in names or MEASUREMENTS
        if subprocess.run([sys.executable, "-m", "benchmarks", name]).returncode
    ]
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

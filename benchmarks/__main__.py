"""`make bench`: every measurement, or those that are named (`make bench BENCH="registration
pages"`).
"""

import importlib
import sys
import time

MEASUREMENTS = ("registration", "importing", "pages", "sweeping", "starting", "killing")


def main(names: list[str]) -> int:
    """Measure; results are printed and kept in benchmarks/results/."""
    unknown = [name for name in names if name not in MEASUREMENTS]
    if unknown:
        print(f"There is no measurement {unknown[0]}. Known are: {', '.join(MEASUREMENTS)}.")
        return 2
    for name in names or MEASUREMENTS:
        print(name, flush=True)
        began = time.monotonic()
        importlib.import_module(f"benchmarks.{name}").measure()
        print(f"  took {time.monotonic() - began:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Look after the installation: a line for each thing, with what to do; exit code 1 when
something is.
"""

import argparse
import json

NEEDS = "database"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How it is told."""
    parser.add_argument("--json", action="store_true", help="as one object on standard output")


def run(arguments: argparse.Namespace) -> int:
    """Every question is asked, whatever the others answer."""
    from django.utils.module_loading import autodiscover_modules

    from valedor.foundation import checkup

    autodiscover_modules("checkup")
    found = []
    for name, ask in checkup.questions().items():
        try:
            found += [(name, finding) for finding in ask()]
        except Exception as error:  # noqa: BLE001 -- the next question is asked all the same
            first = (str(error).strip() or type(error).__name__).splitlines()[0]
            finding = checkup.Finding(f"This could not be asked: {first}", "look at the log")
            found.append((name, finding))
    to_do = [finding for _name, finding in found if not finding.is_fine]
    if arguments.json:
        lines = [
            {"question": name, "fine": one.is_fine, "found": one.sentence, "do": one.to_do}
            for name, one in found
        ]
        print(json.dumps({"fine": not to_do, "findings": lines}, ensure_ascii=False))
    else:
        for name, one in found:
            print(f"{'ok   ' if one.is_fine else 'DO   '} {name}: {one.sentence}")
            if one.to_do:
                print(f"      → {one.to_do}")
    return 1 if to_do else 0

"""List the jobs that were given up, and try them again when asked."""

import argparse

NEEDS = "database"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whether to try again."""
    parser.add_argument("--again", action="store_true", help="put all of them back into the queue")


def run(arguments: argparse.Namespace) -> int:
    """Exit code 1 while some are given up."""
    from valedor.foundation import jobs

    if arguments.again:
        print(f"{jobs.try_again()} jobs are in the queue again.")
        return 0
    given_up = jobs.given_up()
    for number, task, arguments_of, attempts in given_up:
        print(f"{number}  {task}  {arguments_of}  tried {attempts} times")
    return 1 if given_up else 0

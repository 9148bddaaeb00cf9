"""Puts one fault after another into a module, and runs the tests on each: `mutants.py MODULE`.

Runs in the folder of a project, by a Python that has it installed editable, and Cosmic Ray, whose
operators make the faults. Prints a line of JSON for each: the line before and after, whether the
tests have noticed.
"""

import json
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

SECONDS = 60  # a fault that makes the tests run forever is noticed too
ARGUMENTS = ["--exitfirst", "--quiet", "-p", "no:cacheprovider", "--assert=plain"]


def main(file: Path, tests: list[str]) -> None:
    sys.dont_write_bytecode = True
    code = file.read_text("utf-8")
    if noticed(tests):
        raise SystemExit("the tests fail without a fault")
    try:
        for mutant in mutants(code):
            file.write_text(mutant, "utf-8")
            before, after = first_difference(code, mutant)
            fault = {"module": file.stem, "before": before, "after": after}
            print(json.dumps({**fault, "noticed": noticed(tests)}), flush=True)
    finally:
        file.write_text(code, "utf-8")


def mutants(code: str) -> Iterator[str]:
    seen = {code}
    for name in operator_names():
        if name.startswith("core/Variable"):  # which has to be told the name of a variable
            continue
        operator = get_operator(name)()
        occurrence = 0
        while mutant := mutate_code(code, operator, occurrence):
            occurrence += 1
            if mutant not in seen:
                seen.add(mutant)
                yield mutant


def first_difference(code: str, mutant: str) -> tuple[str, str]:
    pairs = zip(code.splitlines(), mutant.splitlines(), strict=False)
    before, after = next(pair for pair in pairs if pair[0] != pair[1])
    return before.strip(), after.strip()


def noticed(tests: list[str]) -> bool:
    """Run the tests in a process of their own, that has pytest loaded already."""
    child = os.fork()
    if child == 0:
        signal.alarm(SECONDS)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        os._exit(int(pytest.main([*ARGUMENTS, *tests])))
    return os.waitpid(child, 0)[1] != 0


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])

"""Runs probe/experiments.py in a process of its own, and reads what it answers."""

from pathlib import Path

from modwright_check.model.environment import Environment
from modwright_check.model.trial import Trial
from modwright_check.run.protocol import tuples_in
from modwright_check.run.sandbox import ProcessGroup, run_alone

EXPERIMENTS = Path(__file__).parents[1] / "probe" / "experiments.py"


def run_experiment(
    environment: Environment, time_limit: float, under_way: ProcessGroup, *arguments: str
) -> Trial:
    """Run one of the programs of probe/experiments.py in an environment.

    Args:
        environment: Whose Python runs it.
        time_limit: Seconds that it has.
        under_way: By which it is ended with the check.
        arguments: Its name, and what its docstring says.
    """
    ran = run_alone(environment, ("-I", str(EXPERIMENTS), *arguments), time_limit, under_way)
    return Trial(tuple(tuples_in(ran.stdout)), ran.exit_code, time_limit)

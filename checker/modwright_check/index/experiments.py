"""Experiments with a project: short programs in its environment, which answer a rule's question."""

from modwright_check.index.evidence import Evidence
from modwright_check.run.experiment import Trial, run_experiment


def tried(evidence: Evidence, program: str, *arguments: str) -> Trial:
    """Run one of the programs of probe/experiments.py in the project's environment.

    Args:
        evidence: All that is known of the project.
        program: Its name.
        arguments: As its docstring says.

    Raises:
        EnvironmentFailed: Python cannot be started.
    """
    return run_experiment(
        evidence.environment,
        evidence.configuration.time_limit,
        evidence.under_way,
        program,
        *arguments,
    )

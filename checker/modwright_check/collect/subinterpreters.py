"""Extensions loaded in subinterpreters, several in a process as long as none of them crashes."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from modwright_check.model.trial import Trial


def loaded_in_subinterpreters(
    modules: Sequence[str], attempt: Callable[..., Trial]
) -> dict[str, Trial]:
    """Return what became of extensions, each as if it had been the only one.

    Those that are in the same top-level package as one that ends the process are left out:
    importing them runs that package too, and would end the same way.

    Args:
        modules: Their dotted names.
        attempt: Loads modules one after another, each in a subinterpreter of its own.
    """
    trials: dict[str, Trial] = {}
    left = list(modules)
    while left:
        trial = attempt(*left)
        loaded = [answer for answer in trial.answers if answer[0] == "loaded"]
        for name, answer in zip(left, loaded, strict=False):
            trials[name] = replace(trial, answers=(answer,))
        if trial.raised:  # this Python has no subinterpreters after all
            break
        left = left[len(loaded) :]
        if left:
            crashing = left[0]
            trials[crashing] = attempt(crashing)
            left = [name for name in left if _top(name) != _top(crashing)]
    return trials


def _top(name: str) -> str:
    return name.partition(".")[0]

"""Answers the rules' questions, mostly by experiments in a single pool of processes."""

from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from typing import Any

from modwright_check.collect.extras import brought_by
from modwright_check.collect.subinterpreters import loaded_in_subinterpreters
from modwright_check.index.evidence import Evidence
from modwright_check.model.questions import (
    Answers,
    AreTheSame,
    BroughtByExtras,
    HasAttributes,
    IgnoredByGit,
    ImportsAsMain,
    LeavesOutput,
    LoadsInSubinterpreters,
    Question,
    RunsByPath,
    RunsLines,
    SavesWhenLazy,
)
from modwright_check.model.report import Progress
from modwright_check.model.trial import Trial
from modwright_check.model.wording import counted
from modwright_check.run.experiment import run_experiment
from modwright_check.run.ignored_by_git import ignored_by_git
from modwright_check.run.sandbox import ProcessGroup
from modwright_check.system.side_by_side import cores, side_by_side
from modwright_check.wheel.restore import InstalledFiles

Try = Callable[..., Trial]  # takes a program of probe/experiments.py and its arguments


def answered(
    questions: Collection[Question[Any]], evidence: Evidence, folder: Path, progress: Progress
) -> Evidence:
    """Return the evidence with the answers to questions.

    Each has the time limit of an import. What a module damages is put back; then all are asked
    again one by one, for the damage may have been to the others.

    Args:
        questions: Of the rules.
        evidence: What is known so far.
        folder: Where to write.
        progress: Told how many are answered.
    """
    if not questions:
        return evidence
    step = f"answering {counted(len(questions), 'question')}"
    progress(step, "")
    known: dict[Question[Any], Any] = {
        question: brought_by(question.extras, evidence, folder)
        for question in questions
        if isinstance(question, BroughtByExtras)
    }
    others = [question for question in questions if question not in known]
    known |= _answered_side_by_side(
        others, evidence, folder, lambda done: progress(step, f"({done} answered)")
    )
    return evidence.answered(Answers(known))


def _answered_side_by_side(
    questions: Collection[Question[Any]],
    evidence: Evidence,
    folder: Path,
    tell: Callable[[int], None],
) -> dict[Question[Any], Any]:
    """Return the answers of processes that know nothing of one another, by question."""
    under_way, time_limit = ProcessGroup(folder), evidence.configuration.time_limit
    attempt = partial(run_experiment, evidence.environment, time_limit, under_way)
    answer = partial(_answer, project=evidence.project, attempt=attempt)
    installed = InstalledFiles(evidence.wheel, evidence.environment.site_packages)
    answers = side_by_side(answer, questions, cores(), stop=under_way.end_all, tell=tell)
    if installed.restore():
        answers = []
        for question in questions:
            answers.append(answer(question))
            installed.restore()
            tell(len(answers))
    return dict(zip(questions, answers, strict=True))


def _answer(question: Question[Any], project: Path | None, attempt: Try) -> object:
    match question:
        case HasAttributes(module, paths):
            return attempt("resolve", module, *paths)
        case AreTheSame(first, second):
            return attempt("compare", *first, *second)
        case ImportsAsMain(package, statements):
            return attempt("import_as_main", package, *statements)
        case RunsByPath(file, lines):
            return attempt("run_by_path", file, str(lines))
        case RunsLines(module, file, lines):
            return attempt("run_lines", module, file, *map(str, lines))
        case LeavesOutput(modules):
            return attempt("load_extensions", *modules)
        case SavesWhenLazy(module, imports):
            return attempt("make_lazy", module, *imports)
        case IgnoredByGit(files):
            return ignored_by_git(project, files) if project else frozenset()
        case LoadsInSubinterpreters(modules):
            return loaded_in_subinterpreters(modules, partial(attempt, "load_in_subinterpreters"))
    raise AssertionError(question)

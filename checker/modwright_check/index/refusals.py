"""Modules that refuse to be imported, and what is known of those who import them."""

import ast
import re
from collections.abc import Iterator
from functools import cached_property

from modwright_check.index.advice import commands_name, fails_with_advice
from modwright_check.index.arguments import (
    ends_with_its_usage,
    is_given_arguments,
    waits_for_an_answer,
)
from modwright_check.index.back_ends import has_none_for_a_setting
from modwright_check.index.bound_elsewhere import misses_a_name_of_another_system
from modwright_check.index.choices import Choices
from modwright_check.index.evidence import Evidence
from modwright_check.index.machine import facts_of_the_machine
from modwright_check.index.module_origins import Origin, Origins
from modwright_check.index.reach import Reach
from modwright_check.index.script_copies import copies_of_scripts
from modwright_check.index.siblings import Siblings
from modwright_check.index.templates import is_a_template
from modwright_check.index.types_alone import for_types_alone
from modwright_check.index.variables import is_done_without, is_given, variable_missed
from modwright_check.model.facts import Fact
from modwright_check.model.import_result import Outcome
from modwright_check.static.extension_builders import describes_an_extension
from modwright_check.wheel.modules import Module

_REFUSALS = {"ImportError", "ModuleNotFoundError", "PackageNotFoundError"}
_DOTTED = re.compile(r"\b\w+(?:\.\w+)+")
_NOT_BY_ITSELF = re.compile(
    r"\b(?:not|never|cannot)\b[^.]{0,30}\bimport(?:ed)?\b[^.]{0,20}"
    r"\b(?:directly|alone|by itself|on its own)\b",
    re.IGNORECASE,
)


class Refusals:
    """What is known of modules that refuse to be imported.

    So do backends for want of the library that they are for, in a handler, a function or under a
    condition: they raise ImportError themselves, or say what is missing, or that nobody should
    import them directly. Where nothing decides about it, nobody can import the module.

    Args:
        evidence: All that is known of the project.
    """

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._origins = evidence.index(Origins)
        self._siblings = evidence.index(Siblings)

    def facts(self, module: Module, outcome: Outcome) -> Iterator[Fact]:
        """Yield whether the rest imports without a module, and whether that refuses."""
        ends = outcome.exits or outcome.exit_code is None
        if ends and module.name in self._evidence.index(copies_of_scripts):
            yield Fact.COPY_OF_A_SCRIPT
        if module.name in self._evidence.index(for_types_alone):
            yield Fact.FOR_TYPES_ALONE
        if self._evidence.is_spared(module.name):
            yield Fact.SPARED
        if self._evidence.most_do_without(module.name):
            yield Fact.ALONE
        if self._tells_the_way(module, outcome) or self._is_a_notice(module, outcome):
            yield Fact.ANNOUNCED
        yield from self._of_its_users(module.name, outcome)
        if self._evidence.index(Choices).behind(outcome):
            yield Fact.OF_A_CHOICE
        if has_none_for_a_setting(outcome, self._evidence):
            yield Fact.PREPARED
        yield from facts_of_the_machine(outcome, self._evidence)
        yield from self._of_what_is_given(module, outcome)
        if self._refuses(outcome):
            yield Fact.REFUSED
            if self._siblings.lie_around(module.name):
                yield Fact.ONE_OF_SEVERAL
        elif self._evidence.sources.answers_for(outcome.defined_in) and self._is_decided(outcome):
            yield Fact.INTENDED
        elif self._is_refused_by_a_library(outcome):
            yield Fact.REFUSED_BY_A_LIBRARY
            if commands_name(self._evidence.about.description or "", _words(outcome.message)):
                yield Fact.LEFT_TO_USERS

    def _of_what_is_given(self, module: Module, outcome: Outcome) -> Iterator[Fact]:
        """Yield what a module has missed that whoever runs it gives it: the project, or a host."""
        variable = variable_missed(outcome, self._evidence)
        given = variable and is_given(variable, module.name, self._evidence)
        about = module.name, outcome, self._evidence
        if self._misses_a_file_of_its_build(module, outcome):
            yield Fact.OF_A_HOST
        if given or is_a_template(*about) or is_given_arguments(*about):
            yield Fact.TEMPLATE
        if ends_with_its_usage(*about):
            yield Fact.PROGRAM
        if waits_for_an_answer(*about):
            yield Fact.UNANSWERED
        if variable and self._is_for_a_host_that_sets(variable, module):
            yield Fact.PREPARED

    def _of_its_users(self, module: str, outcome: Outcome) -> Iterator[Fact]:
        """Yield whether those who load a module expect its failure, or have what it misses."""
        reach = self._evidence.index(Reach)
        if reach.is_expected_to_fail(module):
            yield Fact.EXPECTED
        if misses_a_name_of_another_system(outcome, self._evidence):
            yield Fact.BOUND_ELSEWHERE
            if reach.is_on_demand(module):
                yield Fact.ON_DEMAND

    def _is_for_a_host_that_sets(self, variable: str, module: Module) -> bool:
        """Return whether a module is for those who have set what the project can do without.

        None of the others imports it, so whoever sets the variable does, as a host of programs.
        """
        imported = module.name in self._evidence.importers
        return not imported and is_done_without(variable, self._evidence)

    def _misses_a_file_of_its_build(self, module: Module, outcome: Outcome) -> bool:
        """Return whether a module has a build run it, in a folder where there is what it misses."""
        source = self._evidence.read.get(module.name)
        misses_a_file = outcome.error == "FileNotFoundError"
        return misses_a_file and source is not None and describes_an_extension(source)

    def _tells_the_way(self, module: Module, outcome: Outcome) -> bool:
        """Return whether an exception names another module, to which something has moved."""
        outcomes = self._evidence.outcomes
        named = set(_DOTTED.findall(outcome.message)) - {module.name}
        moved = any(name in outcomes and outcomes[name].loaded for name in named)
        return moved and self._evidence.raised_in(outcome.frames) is not None

    def _is_a_notice(self, module: Module, outcome: Outcome) -> bool:
        """Return whether a module does nothing but to tell those who still import it why not to."""
        source = self._evidence.read.get(module.name)
        body = source.tree.body if source and source.tree else []
        has_docstring = bool(body) and isinstance(body[0], ast.Expr)
        match body[has_docstring:]:
            case [ast.Raise()]:
                return outcome.error in _REFUSALS and bool(outcome.message)
        return False

    def _refuses(self, outcome: Outcome) -> bool:
        said = [outcome.message]
        if outcome.exits:  # of what ends the interpreter, the reason is printed before
            said += (each.detail for each in outcome.effects if each.kind == "output")
        says = (
            outcome.error in _REFUSALS
            or not self._missing.isdisjoint(_words(" ".join(said)))
            or fails_with_advice(outcome, self._origins)
            or _NOT_BY_ITSELF.search(outcome.message) is not None
        )
        return says and self._is_decided(outcome)

    def _is_refused_by_a_library(self, outcome: Outcome) -> bool:
        """Return whether another distribution raises an ImportError, of which Python knows no name.

        Where Python itself finds nothing to import, it names the module.
        """
        own = self._evidence.sources.innermost(outcome.frames[-1:]) is not None
        return is_in_its_own_words(outcome) and not own

    def _is_decided(self, outcome: Outcome) -> bool:
        """Return whether a `raise` or an exit was come to, which something decides about."""
        place = self._evidence.at(outcome.frames) if outcome.exits else None
        ended = place[0].at(place[1]) if place else None
        context = ended[1] if ended else self._evidence.raised_in(outcome.frames)
        return context is not None and (
            context.function is not None or context.tried or not context.certain
        )

    @cached_property
    def _missing(self) -> frozenset[str]:
        """Return the names of the libraries that the project imports and that are not there."""
        return frozenset(
            statement.top.lower()
            for source in self._evidence.read.values()
            for statement in source.imports
            if statement.top and self._origins.of(statement.module) is Origin.MISSING
        )


def is_in_its_own_words(outcome: Outcome) -> bool:
    """Return whether somebody's `raise` has made an ImportError, and not Python."""
    by_python = outcome.missing is not None or outcome.source is not None
    return outcome.error == "ImportError" and not by_python


def _words(message: str) -> list[str]:
    return re.findall(r"\w+", message.lower())

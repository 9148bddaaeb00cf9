"""Facts about a finding that decide, with its code, how much it weighs (see codes.py)."""

from collections.abc import Callable, Iterator
from enum import StrEnum

from modwright_check.model.module_names import (
    helps_to_test,
    is_a_hook,
    is_of_tests,
    is_private,
    is_vendored,
    lies_beside,
    runs_at_start,
)


class Fact(StrEnum):
    """A fact about a finding; `finding` adds by itself those that a module's name tells."""

    # Told by the module's name.
    TESTS = "stands in a module of tests"
    TEST_HELPERS = "stands in a module that helps to write tests"
    BESIDE = "stands among documentation, examples or benchmarks"
    VENDORED = "stands in another project's code that this one carries along"
    PRIVATE = "stands in a private module"
    IN_A_HOUSE = "stands in a module that runs inside another program, or where it is copied to"
    AT_START = "stands in a module that sets a process up as it starts, where a program asks for it"

    # Told by what the others do with the module.
    READ_AS_TEXT = "stands in a module that the project reads, and nobody imports"
    FOR_NO_PYTHON = "stands in a module that the others import on no Python that is admitted"

    # Of what is missing.
    FOR_SOME = "is declared for some users: by an extra, or under a marker"
    OF_AN_EXTRA = "comes with an extra that is for users"
    OF_ITS_EXTRA = "comes with an extra, the module is called like either, others do without"
    OPTIONAL = "is imported elsewhere in the project in a way that may fail"
    OF_A_HOST = "comes with the program that loads the module"
    OF_AN_OLDER_HOST = "is for a program of which the version that is there no longer asks for it"
    OF_ITS_FRAMEWORK = "comes with the framework that the project, or the module by name, is for"
    OF_WHAT_IT_EXTENDS = "comes with the framework that the project is for by all that it is called"
    EXTENDED = "is what a library extends that brings it, which cannot do without"
    OFFERED = "is what a library takes or gives by its docstrings, which brings it"
    ONLY_WITH_ANOTHER = "is missed by a module that refuses without a library which nothing brings"
    BROUGHT_BY_OTHERS = "is a plugin of others, which the project asks for by its name"
    OF_ANOTHER_SYSTEM = "is for another system, as the project says by a marker or a name"
    FOR_PYTHON_2 = "names Python 2 in its docstring, which the project admits"
    OF_PYTHON_2 = "comes with Python 2, which the project admits"
    DOCUMENTED = "is named in the docstring of what imports it"
    SPOKEN_OF = "is named by what imports it, by its docstring, or by the project's description"
    SHOWN = "is missed by a module that is named after it, and that the description shows"
    LEFT_TO_USERS = "is what the module that imports it, or the description, leaves to users"
    OF_A_CHOICE = "is one of several that the project, or a library, has tried and needs one of"
    ONE_OF_SEVERAL = "is needed by one of several siblings, each named after what it is for"

    # Of the module in its project.
    SPARED = "belongs to a package that imports without it"
    ALONE = "most modules of the project do not fail as it does"
    LARGE = "the project has twenty modules and more"
    RARE = "at most one module in twenty misses the same"
    LEFT_ASIDE = "is imported and named by no test, nor by any module that imports"
    FOUND_AT_THE_TOP = "asks for the package around it as if that lay at the top"
    COPY_OF_A_SCRIPT = "is a script once more that the wheel installs, and is imported by nobody"
    STRAY = "is a program that no command, no text and no other module leads to"
    EXPECTED = "is imported by the others only where they are prepared for its failure"
    ON_DEMAND = "is loaded by the others only when they are asked to"
    SET_APART = "is reached by nothing that users would begin with"
    PROGRAM = "is a program, which nobody imports, or imported by programs alone"
    IMPORTED = "is imported by other modules of the project"
    BROUGHT = "is imported by a less private module, of which it is told if that fails by it"
    FOR_TYPES_ALONE = "is imported by the others for type checkers alone"
    RUNS_NOTHING = "defines types that only type checkers use, and no function"

    # Of how it fails.
    TEMPLATE = "the project fills in what is missing there, or sets it, before it runs"
    REFUSED = "the project has expected this, and raises an exception of its own"
    IN_VAIN = "the module expects that it may be missing, and fails by using it"
    INTENDED = "the project raises an exception that it has made for this"
    REFUSED_BY_A_LIBRARY = "a library that it imports refuses, by an ImportError in its own words"
    GOES_ON = "the project goes on without it"
    ANNOUNCED = "is announced by the project: a deprecation, or where something has moved"
    PREPARED = "tells of circumstances that the project is prepared for"
    OF_ITS_FAILURE = "is done by the line at which the import fails, which is told"
    OF_THE_SYSTEM = "uses a library or program of the system, which the machine does not have"
    UNANSWERED = "asks whoever runs it, and nobody was there to answer"
    NOT_BUILT = "misses an extension of which the wheel holds the source, beside one that was built"
    OFFLINE = "asks the network, which may be out of reach of the machine"
    HEADLESS = "wants a display, which the machine does not have"
    NARROW = "touches only what is the project's own, or what it names"
    LOADS = "the module imports well all the same"
    REPEATED = "sets a value that is there without it"
    BORROWED = "another distribution does it on its own account"
    ASKED = "the standard library does it, to answer a question"
    INVITED = "replaces what its library says is there to be replaced"
    CRASHES = "ends the process"
    REGISTERS = "adds to what all share something that is found only by who asks for it"

    # Of when it matters.
    IF_SET = "runs only if a value says so, which is worked out or set for the process"
    PERHAPS_LOADED = "its package loads it when some of its functions are called"
    BY_ITS_NAME = "stands in a function for users that is called like what it uses"
    CONVERTS = "stands in a function that is called after the library for which it converts"
    IN_ITS_SIGNATURE = (
        "stands in a function that names the library in its signature, for types alone"
    )
    BY_CHOICE = "runs when a function is called, or in a module that is imported by choice"
    DEMONSTRATES = "runs under the main guard alone, in a module that others import"
    DEBUGS = "hands over to a debugger, which whoever asks for it has"
    RUNS_TESTS = "hands over to a runner of tests, which whoever runs them has"
    PUT_TOGETHER = "stands in a module that a program has put together of others, and names its own"
    UNCALLED = "stands in a function that is not for users, and that nothing refers to"
    BY_PATH_ALONE = "matters to those alone who run by its path what is not made for it"
    UNINVITED = "nothing invites to run it by its path"
    TWICE = "works, but runs a second time"
    RECOMMENDED = "is what the project tells its users to do"
    OF_UNKNOWN_NAMES = "matters to those alone who ask for a name that is not there"
    UNCLAIMED = "the project does not say for which systems it is, and two of three have it"
    OF_PACKAGES_ALONE = "is about a folder that holds packages alone"
    SHIPPED = "has found its way into a wheel, of which no project is there"
    ONLY_REQUIRES = "is about a wheel that holds nothing, and requires other distributions"
    LEADS_TO_ANOTHER = "is about a wheel that holds nothing, and names another distribution"
    UNNAMED = "no code names it"
    COLLECTED = "is a file of tests, which a runner of tests loads by its path"
    BASE_OF_STUBS = "is what classes of the stub have in common, and the module has without it"
    OF_OTHERS = "is another module's, from which its users take it"
    BOUND_ELSEWHERE = "is about names that the module has on other systems, or Pythons, alone"
    NOT_OFFERED = "is left out of the module's `__all__`"
    UNASKED = "is about a name that nobody asks for there"
    LEFT_OVER = "names a module that is no longer imported there"
    OF_WINDOWS = "happens on Windows alone, for which the project says that it is not"
    HOMELESS = "happens without a home alone, and whoever has no account is mostly given one"


# Of findings about what works here, or runs later: no import has failed by these.
WITHOUT_A_FAILURE = frozenset({Fact.TWICE, Fact.BY_PATH_ALONE, Fact.BY_CHOICE, Fact.UNCLAIMED})


def told_by_name(module: str) -> Iterator[Fact]:
    """Yield what a module's name tells.

    Args:
        module: Its dotted name; empty for the whole wheel.
    """
    tells: dict[Fact, Callable[[str], bool]] = {
        Fact.TESTS: is_of_tests,
        Fact.TEST_HELPERS: helps_to_test,
        Fact.BESIDE: lies_beside,
        Fact.VENDORED: is_vendored,
        Fact.PRIVATE: is_private,
        Fact.IN_A_HOUSE: is_a_hook,
        Fact.AT_START: runs_at_start,
    }
    yield from (fact for fact, is_so in tells.items() if is_so(module))

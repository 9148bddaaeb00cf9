"""How facts change what findings weigh: the policies that rows of codes.py name."""

from collections.abc import Iterable
from dataclasses import dataclass

from modwright_check.model.facts import Fact
from modwright_check.model.report import Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
_LIGHTEST_FIRST = (INFO, WARNING, ERROR)
_RUNS_NOWHERE = {Fact.READ_AS_TEXT, Fact.FOR_NO_PYTHON}


@dataclass(frozen=True)
class When:
    """A case in which a finding weighs more or less than its kind.

    Args:
        severity: How much it weighs then.
        facts: Which all hold in it.
    """

    severity: Severity
    facts: frozenset[Fact]

    @classmethod
    def of(cls, severity: Severity, *facts: Fact) -> "When":
        """Return the case in which all of these hold."""
        return cls(severity, frozenset(facts))


@dataclass(frozen=True)
class Policy:
    """What makes a finding weigh more or less than its kind.

    Args:
        cases: The first that holds counts.
        in_tests: How much it weighs at most in a module of tests: whoever runs them has what they
            need, and may expect what they do.
        vendored: How much it weighs at most in another project's code that is carried along. What
            of it the project needs, and does not get, shows in the project's own modules.
        in_a_house: How much it weighs at most in a module that another program runs, with what that
            has: nobody else meets it.
        compares: Whether how the other modules import makes a difference.
    """

    cases: tuple[When, ...] = ()
    in_tests: Severity = ERROR
    vendored: Severity = INFO
    in_a_house: Severity = INFO
    compares: bool = False

    def weight(self, usual: Severity, facts: Iterable[Fact]) -> Severity:
        """Return how much a finding weighs.

        Args:
            usual: How much its kind does.
            facts: All that is known of this one.
        """
        known = frozenset(facts)
        weights = [next((case.severity for case in self.cases if case.facts <= known), usual)]
        if Fact.TESTS in known:
            weights.append(self.in_tests)
        if Fact.VENDORED in known:
            weights.append(self.vendored)
        if Fact.IN_A_HOUSE in known:
            weights.append(self.in_a_house)
        if known & _RUNS_NOWHERE:  # whatever it is about
            weights.append(INFO)
        return lightest(*weights)


def lightest(*weights: Severity) -> Severity:
    """Return the least of these."""
    return min(weights, key=_LIGHTEST_FIRST.index)


AS_EVER = Policy()
FAILURE = Policy(
    (
        When.of(INFO, Fact.OF_A_HOST),
        When.of(INFO, Fact.OF_A_CHOICE),
        When.of(INFO, Fact.HEADLESS),
        When.of(INFO, Fact.BESIDE),
        When.of(INFO, Fact.FOR_PYTHON_2),
        When.of(INFO, Fact.SPARED, Fact.ALONE, Fact.REFUSED),
        When.of(INFO, Fact.SPARED, Fact.ONE_OF_SEVERAL, Fact.REFUSED),
        When.of(INFO, Fact.SPARED, Fact.BOUND_ELSEWHERE, Fact.ON_DEMAND),
        When.of(INFO, Fact.SPARED, Fact.EXPECTED, Fact.REFUSED),
        When.of(INFO, Fact.SPARED, Fact.EXPECTED, Fact.INTENDED),
        When.of(INFO, Fact.SPARED, Fact.EXPECTED, Fact.REFUSED_BY_A_LIBRARY),
        When.of(INFO, Fact.SPARED, Fact.LEFT_TO_USERS, Fact.REFUSED_BY_A_LIBRARY),
        When.of(INFO, Fact.SPARED, Fact.ANNOUNCED),
        When.of(INFO, Fact.SPARED, Fact.PRIVATE, Fact.FOR_TYPES_ALONE),
        When.of(INFO, Fact.SPARED, Fact.TEMPLATE),
        When.of(INFO, Fact.SPARED, Fact.UNANSWERED),  # MW521 tells that it asks
        When.of(INFO, Fact.SPARED, Fact.ALONE, Fact.TEST_HELPERS),
        When.of(INFO, Fact.SPARED, Fact.ALONE, Fact.NOT_BUILT),
        When.of(INFO, Fact.SPARED, Fact.ALONE, Fact.OF_THE_SYSTEM),
        When.of(INFO, Fact.OF_THE_SYSTEM, Fact.SPOKEN_OF),
        When.of(INFO, Fact.SPARED, Fact.ALONE, Fact.PREPARED),
        When.of(WARNING, Fact.SPARED, Fact.REFUSED),
        When.of(WARNING, Fact.SPARED, Fact.INTENDED),
        When.of(WARNING, Fact.SPARED, Fact.OF_THE_SYSTEM),
        When.of(WARNING, Fact.SPARED, Fact.TEST_HELPERS),
    ),
    in_tests=INFO,
    compares=True,
)
# Tests have programs as fixtures, and examples are programs.
PROCESS = Policy(
    (
        When.of(INFO, Fact.BESIDE),
        When.of(INFO, Fact.COPY_OF_A_SCRIPT),
        When.of(INFO, Fact.SPARED, Fact.ALONE, Fact.REFUSED),
        When.of(INFO, Fact.SPARED, Fact.PROGRAM),
    ),
    in_tests=INFO,
)
# The package that does not import without a dependency has no choice. What is asked for, or set
# apart from the rest, is for those who have what it needs: a warning, and information where the
# project shows that it knows. That a small project speaks of a library shows little: it may have
# forgotten all the same to declare what its newest module needs.
DEPENDENCY = Policy(
    (
        When.of(INFO, Fact.RUNS_TESTS),
        When.of(INFO, Fact.OF_A_HOST),
        When.of(INFO, Fact.OF_A_CHOICE),
        When.of(INFO, Fact.OF_ANOTHER_SYSTEM),
        When.of(INFO, Fact.OF_WHAT_IT_EXTENDS),
        When.of(INFO, Fact.BESIDE),
        When.of(WARNING, Fact.SPARED, Fact.IN_VAIN),
        When.of(INFO, Fact.SPARED, Fact.OF_ITS_FRAMEWORK),
        When.of(INFO, Fact.SPARED, Fact.ANNOUNCED),
        When.of(INFO, Fact.FOR_SOME, Fact.ON_DEMAND),
        When.of(INFO, Fact.OF_PYTHON_2, Fact.ON_DEMAND),
        When.of(INFO, Fact.SPARED, Fact.FOR_SOME, Fact.SET_APART),
        When.of(INFO, Fact.SPARED, Fact.PRIVATE, Fact.SET_APART),
        When.of(INFO, Fact.SPARED, Fact.FOR_SOME, Fact.REFUSED),
        When.of(INFO, Fact.SPARED, Fact.OF_ITS_EXTRA),
        When.of(INFO, Fact.SPARED, Fact.ALONE, Fact.FOR_SOME, Fact.SHOWN),
        When.of(INFO, Fact.SPARED, Fact.ALONE, Fact.OF_AN_EXTRA),
        When.of(INFO, Fact.SPARED, Fact.ALONE, Fact.REFUSED),
        When.of(INFO, Fact.SPARED, Fact.ALONE, Fact.LARGE, Fact.OPTIONAL),
        When.of(INFO, Fact.SPARED, Fact.ALONE, Fact.OPTIONAL, Fact.SPOKEN_OF),
        When.of(INFO, Fact.SPARED, Fact.ALONE, Fact.TEST_HELPERS),
        When.of(INFO, Fact.SPARED, Fact.EXPECTED),
        When.of(INFO, Fact.SPARED, Fact.LEFT_TO_USERS),
        When.of(INFO, Fact.SPARED, Fact.FOR_SOME, Fact.ONLY_WITH_ANOTHER),
        When.of(INFO, Fact.SPARED, Fact.ONE_OF_SEVERAL),
        When.of(INFO, Fact.SPARED, Fact.LARGE, Fact.ON_DEMAND, Fact.SPOKEN_OF),
        When.of(INFO, Fact.SPARED, Fact.LARGE, Fact.SET_APART, Fact.SPOKEN_OF),
        When.of(INFO, Fact.SPARED, Fact.LARGE, Fact.LEFT_ASIDE, Fact.SPOKEN_OF, Fact.FOR_SOME),
        When.of(INFO, Fact.SPARED, Fact.RARE, Fact.LEFT_ASIDE),
        When.of(INFO, Fact.SPARED, Fact.RARE, Fact.SET_APART),
        When.of(WARNING, Fact.SPARED, Fact.FOR_SOME),
        When.of(WARNING, Fact.SPARED, Fact.REFUSED),
        When.of(WARNING, Fact.SPARED, Fact.OPTIONAL),
        When.of(WARNING, Fact.SPARED, Fact.DOCUMENTED),
        When.of(WARNING, Fact.SPARED, Fact.SHOWN),
        When.of(WARNING, Fact.SPARED, Fact.ON_DEMAND),
        When.of(WARNING, Fact.SPARED, Fact.SET_APART),
        When.of(WARNING, Fact.SPARED, Fact.TEST_HELPERS),
    ),
    in_tests=INFO,
    compares=True,
)
IN_A_FUNCTION = Policy(
    (
        When.of(INFO, Fact.PREPARED),
        When.of(INFO, Fact.ONLY_WITH_ANOTHER),
        When.of(INFO, Fact.LEFT_TO_USERS),
        When.of(INFO, Fact.OF_ITS_FRAMEWORK),
        When.of(INFO, Fact.DEMONSTRATES),
        When.of(INFO, Fact.PUT_TOGETHER),
        When.of(INFO, Fact.TEMPLATE),
        When.of(INFO, Fact.DEBUGS),
        When.of(INFO, Fact.RUNS_TESTS),
        When.of(INFO, Fact.OF_A_HOST),
        When.of(INFO, Fact.UNCALLED),
        When.of(INFO, Fact.PERHAPS_LOADED),
        When.of(INFO, Fact.TEST_HELPERS),
        When.of(INFO, Fact.BESIDE),
        When.of(INFO, Fact.CONVERTS, Fact.IN_ITS_SIGNATURE),
        When.of(INFO, Fact.LARGE, Fact.DOCUMENTED),
        When.of(INFO, Fact.ONE_OF_SEVERAL),
        When.of(INFO, Fact.EXPECTED),
        When.of(INFO, Fact.LARGE, Fact.ON_DEMAND, Fact.SPOKEN_OF),
        When.of(INFO, Fact.LARGE, Fact.SET_APART, Fact.SPOKEN_OF),
        When.of(INFO, Fact.LARGE, Fact.RARE, Fact.STRAY),
        When.of(INFO, Fact.LARGE, Fact.RARE, Fact.SPOKEN_OF),
        When.of(WARNING, Fact.LARGE, Fact.SPOKEN_OF),
        When.of(WARNING, Fact.LARGE, Fact.RARE),
        When.of(WARNING, Fact.DOCUMENTED),
        When.of(WARNING, Fact.CONVERTS),
        When.of(WARNING, Fact.IF_SET),
        When.of(WARNING, Fact.ON_DEMAND),
        When.of(WARNING, Fact.SET_APART),
    ),
    in_tests=INFO,
    compares=True,
)
VERSION = Policy(
    (
        When.of(INFO, Fact.BESIDE),
        When.of(INFO, Fact.PREPARED),
        When.of(INFO, Fact.OF_AN_OLDER_HOST),
        When.of(WARNING, Fact.TEST_HELPERS),
    ),
    in_tests=INFO,
)
TRANSITIVE = Policy(
    (
        When.of(INFO, Fact.BESIDE),
        When.of(INFO, Fact.OF_ITS_FRAMEWORK),
        When.of(INFO, Fact.EXTENDED),
        When.of(INFO, Fact.OFFERED),
        When.of(INFO, Fact.ANNOUNCED),
        When.of(INFO, Fact.PREPARED),
    ),
    in_tests=INFO,
)
# Tests that have got to the top of the wheel, nobody imports from there: MW316 tells of them.
REPLACED = Policy(in_tests=INFO)
# Tests and examples run from their folder, or change sys.path for themselves.
# So does a function that puts it back, and a script, which is tried as that (MW902). A program that
# nothing leads to, and that takes the package around it for one of the top, is of a copy of that:
# what the project needs of it is elsewhere.
PLACE = Policy(
    (
        When.of(INFO, Fact.BESIDE),
        When.of(INFO, Fact.COPY_OF_A_SCRIPT),
        When.of(INFO, Fact.PREPARED),
        When.of(INFO, Fact.LARGE, Fact.STRAY, Fact.FOUND_AT_THE_TOP),
        When.of(WARNING, Fact.LOADS),
    ),
    in_tests=INFO,
)
# What a private module needs before itself, those that use it bring.
STRUCTURE = Policy(
    (
        When.of(INFO, Fact.PRIVATE, Fact.BROUGHT),
        When.of(INFO, Fact.FOR_TYPES_ALONE, Fact.RUNS_NOTHING),
        When.of(WARNING, Fact.PRIVATE),
        When.of(WARNING, Fact.FOR_TYPES_ALONE),
    ),
    in_tests=WARNING,
)
BY_PATH = Policy(
    (
        When.of(INFO, Fact.UNINVITED),
        When.of(INFO, Fact.LEFT_TO_USERS),
        When.of(INFO, Fact.HEADLESS),
        When.of(INFO, Fact.OF_THE_SYSTEM, Fact.SPOKEN_OF),
        When.of(WARNING, Fact.BY_PATH_ALONE),
    )
)
START = Policy((When.of(INFO, Fact.IF_SET),))
NAME = Policy((When.of(INFO, Fact.COLLECTED),))
DATA = Policy((When.of(INFO, Fact.UNNAMED),), in_tests=INFO)
STAR = Policy((When.of(INFO, Fact.UNASKED),), in_tests=INFO)
# Nobody imports a private module, and the project itself does only when it is asked to.
_OUT_OF_THE_WAY = (
    When.of(INFO, Fact.PRIVATE, Fact.ON_DEMAND),
    When.of(INFO, Fact.PRIVATE, Fact.SET_APART),
)
EFFECT = Policy(
    (
        *_OUT_OF_THE_WAY,
        When.of(INFO, Fact.AT_START),
        When.of(INFO, Fact.ASKED),
        When.of(INFO, Fact.BORROWED),
        When.of(INFO, Fact.REPEATED),
        When.of(INFO, Fact.OF_ITS_FAILURE),
        When.of(INFO, Fact.ANNOUNCED),
        When.of(INFO, Fact.PREPARED),
        When.of(INFO, Fact.REGISTERS),
        When.of(INFO, Fact.TEST_HELPERS),
        When.of(INFO, Fact.BESIDE),
    ),
    in_tests=INFO,
)
# A program starts others when it likes to.
OTHER_PROGRAMS = Policy((*EFFECT.cases, When.of(INFO, Fact.PROGRAM)), in_tests=INFO)
# Options that are called like the project are nobody else's.
COMMAND_LINE = Policy((*EFFECT.cases, When.of(INFO, Fact.NARROW)), in_tests=INFO)
# A program sets what is set for its whole process; so may whoever names what is touched.
SETTING = Policy(
    (
        *EFFECT.cases,
        When.of(INFO, Fact.NARROW),
        When.of(INFO, Fact.INVITED),
        When.of(INFO, Fact.PROGRAM),
    ),
    in_tests=INFO,
)
EMPTY = Policy((When.of(INFO, Fact.ONLY_REQUIRES), When.of(INFO, Fact.LEADS_TO_ANOTHER)))
# From a private module its own project takes by name what each system has, or what it has at all.
EXPORT = Policy(
    (
        When.of(INFO, Fact.PRIVATE, Fact.BOUND_ELSEWHERE),
        When.of(INFO, Fact.PRIVATE, Fact.UNASKED),
    ),
    in_tests=INFO,
)
# Of an application nobody takes what its own modules do not.
LAZY_EXPORT = Policy(
    (
        When.of(INFO, Fact.REFUSED),
        When.of(INFO, Fact.OFFLINE),
        When.of(INFO, Fact.ANNOUNCED),
        When.of(INFO, Fact.PROGRAM, Fact.UNASKED),
        When.of(WARNING, Fact.OF_UNKNOWN_NAMES),
    ),
    compares=True,
)
# For nobody but the project's own type checker, or for type checkers alone.
STUB = Policy(
    (
        When.of(INFO, Fact.PRIVATE),
        When.of(INFO, Fact.NOT_OFFERED),
        When.of(INFO, Fact.BASE_OF_STUBS),
        When.of(INFO, Fact.OF_OTHERS),
    )
)
LAZY = Policy((When.of(INFO, Fact.LEFT_OVER),))
TYPES = Policy((When.of(INFO, Fact.GOES_ON),), in_tests=INFO)
PYTHON = Policy(
    (
        When.of(INFO, Fact.BESIDE),
        When.of(INFO, Fact.DEMONSTRATES),
        When.of(INFO, Fact.BY_ITS_NAME),
        When.of(INFO, Fact.PREPARED),
        When.of(INFO, Fact.OF_A_HOST),
        When.of(WARNING, Fact.BY_CHOICE),
    ),
    in_tests=INFO,
)
# What an extra brings to the systems that do not have it, whoever wants it there asks for. So does
# whoever has the library of one system that a back end is for.
SYSTEM = Policy(
    (
        When.of(INFO, Fact.FOR_SOME),
        When.of(INFO, Fact.OF_THE_SYSTEM, Fact.ON_DEMAND),
        When.of(WARNING, Fact.UNCLAIMED),
    )
)
STRESS = Policy(
    (
        *_OUT_OF_THE_WAY,
        When.of(INFO, Fact.AT_START),
        When.of(INFO, Fact.BESIDE),
        When.of(INFO, Fact.TEST_HELPERS),
        When.of(INFO, Fact.HOMELESS),
        When.of(INFO, Fact.OF_WINDOWS),
        When.of(INFO, Fact.PREPARED),
        When.of(INFO, Fact.BORROWED),
        When.of(INFO, Fact.PROGRAM),
    ),
    in_tests=INFO,
)
ONE_OF_TWO = Policy((When.of(WARNING, Fact.GOES_ON),))  # the other one will do
LIBRARY = Policy((When.of(INFO, Fact.GOES_ON),))  # MW805 tells of it
HIDDEN = Policy((When.of(INFO, Fact.LEFT_TO_USERS),))
SUBINTERPRETER = Policy((When.of(WARNING, Fact.CRASHES),))
# Who imports a module of which `-m` is but a demonstration does not notice. What needs an extra is
# for those who have installed it, as a command is.
PROGRAM = Policy(
    (
        When.of(INFO, Fact.FOR_SOME),
        When.of(WARNING, Fact.TWICE, Fact.RECOMMENDED),
        When.of(INFO, Fact.TWICE),
        When.of(ERROR, Fact.RECOMMENDED),
        When.of(WARNING, Fact.IMPORTED),
    ),
    in_tests=INFO,
)
# For those who have installed the extra, what they have chosen, or what they are told to have.
ENTRY = Policy(
    (
        When.of(INFO, Fact.FOR_SOME),
        When.of(INFO, Fact.OF_A_CHOICE),
        When.of(INFO, Fact.BROUGHT_BY_OTHERS),
        When.of(INFO, Fact.OF_A_HOST),
        When.of(INFO, Fact.OF_AN_OLDER_HOST),
        When.of(INFO, Fact.OF_ANOTHER_SYSTEM),
        When.of(INFO, Fact.REFUSED),
        When.of(INFO, Fact.HEADLESS),
        When.of(INFO, Fact.OF_THE_SYSTEM, Fact.SPOKEN_OF),
    ),
    in_tests=INFO,
)
UNGUARDED = Policy((When.of(WARNING, Fact.IMPORTED),), in_tests=INFO)
FOLDER = Policy((When.of(INFO, Fact.OF_PACKAGES_ALONE), When.of(INFO, Fact.SHIPPED)))

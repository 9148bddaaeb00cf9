"""Sets of answers: every pair of two questions' answers once, and what must be refused."""

from collections import OrderedDict
from collections.abc import Sequence
from functools import cache
from itertools import combinations, product
from pathlib import Path
from typing import Any

import yaml
from allpairspy import AllPairs

REPOSITORY = Path(__file__).parents[2]

Answers = dict[str, Any]

HOSTILE = """Say "hi" \\ it's {{ 7*7 }} {% raw %} ${X} <b> 日本 Ünï 🎉👩‍💻 # [x](y) '''%s"""
LONGEST_PACKAGE = "p" + "q" * 39
LONGEST_DOTTED = "a.b.n" + "s" * 35
LONGEST_SUBPACKAGE = "s." + "u" * 38
LONGEST_MODULE = "m" * 40

# Where an answer is free: the shortest, the longest, the awkward, and none.
FREE: dict[str, list[Any]] = {
    "project_name": ["hello", "X9", "A.long_Project-name." + "n" * 40],
    "package_name": [None, "a", LONGEST_PACKAGE, "acme.billing", LONGEST_DOTTED],
    "description": [None, HOSTILE, "d" * 512],
    "user_name": ["", "Ann Example", 'Ö. "K" O\'Neil \\ {{ x }} 🎉'],
    "user_email": ["", "ann@example.org"],
    "keywords": [None, [], ["a word", "Ünï 🎉", "{{ x }}"]],
    "repository": [
        "",
        "https://github.com/ann/hello",
        "https://gitlab.com/ann/tools/hello",
        "https://git.example.org/~ann/hello",
    ],
    "subpackages": [
        [],
        ["billing", "services.mail", "services"],
        ["one.two.three", LONGEST_SUBPACKAGE],
    ],
    "modules": [[], ["notes"], ["archive", LONGEST_MODULE]],
    # Each library once; torch and tensorflow are extras, which nothing installs by itself.
    "external": [
        [],
        ["fastapi"],
        ["requests", "pandas", "torch"],
        ["tensorflow", "numpy"],
        ["opencv", "django", "flask"],
    ],
}


@cache
def questions() -> dict[str, Any]:
    """Return the questions of `copier.yml` that everybody is asked."""
    entries = yaml.safe_load((REPOSITORY / "copier.yml").read_text(encoding="utf-8"))
    return {
        name: details
        for name, details in entries.items()
        if not name.startswith("_") and "when" not in details
    }


@cache
def pairwise() -> list[Answers]:
    """Return few sets of answers in which each pair of answers of two questions stands.

    Left out are the pairs that are refused.
    """
    # The fewer answers are left for later, the fewer sets it takes.
    domains = OrderedDict(sorted(domains_of_answers().items(), key=lambda item: -len(item[1])))

    def is_possible(beginning: Sequence[Any]) -> bool:
        return not is_refused(dict(zip(domains, beginning, strict=False)))

    sets = [row._asdict() for row in AllPairs(domains, filter_func=is_possible)]
    sets += left_out_by(sets)  # it stops early where not everything goes together
    return [
        {name: value for name, value in answers.items() if value is not None} for answers in sets
    ]


def left_out_by(sets: list[Answers]) -> list[Answers]:
    """Return the pairs of answers that can be given but stand in none of the sets."""
    domains = domains_of_answers()
    pairs = [
        {one: first, other: second}
        for one, other in combinations(domains, 2)
        for first, second in product(domains[one], domains[other])
    ]
    return [
        pair
        for pair in pairs
        if not is_refused(pair)
        and not any(all(each.get(name) == pair[name] for name in pair) for each in sets)
    ]


def is_refused(answers: Answers) -> bool:
    """Return whether answers cannot be given together; see `IMPOSSIBLE`."""
    too_new = answers.get("requires_python") in {"3.14", "3.15"}
    is_web = answers.get("trade") == "web"
    is_plain = answers.get("trade", "none") == "none" and answers.get("stack", "stdlib") == "stdlib"
    return (
        (too_new and "tensorflow" in answers.get("external", []))
        or (answers.get("exercises") is True and not is_plain)
        or (is_web and answers.get("stack") == "stdlib")
        or (is_web and "services" in answers.get("subpackages", []))
    )


# What a branch needs together beyond a pair, and no set of pairs needs to have.
BEYOND_PAIRS: list[Answers] = [
    {"ci": "gitlab"},
    {"extension": "c", "external": ["opencv", "pandas"]},
    {"frozen": "host"},
    {"frozen": "zipapp"},
    {"renovate_extends": ["github>acme/renovate"]},
]

# The numbers of the sets of pairs that, with the presets, take every branch that some pair takes;
# `pytest -m release -k chosen_sets` says which ones, when the template has changed.
COVERING = (1, 5, 6, 8, 11, 14, 15, 17, 22, 24, 25, 27, 48)


def chosen() -> list[Answers]:
    """Return the few sets of answers that take every branch of the template."""
    return [*presets().values(), *(pairwise()[number] for number in COVERING), *BEYOND_PAIRS]


def not_chosen() -> list[Answers]:
    """Return the sets of pairs that are not among the chosen ones."""
    return [answers for number, answers in enumerate(pairwise()) if number not in COVERING]


def each_alone() -> list[Answers]:
    """Return each answer with the defaults of all other questions."""
    return [
        {name: value}
        for name, values in domains_of_answers().items()
        for value in values
        if value is not None
    ]


@cache
def presets() -> dict[str, Answers]:
    """Return the answers of each of our presets, by its name."""
    files = sorted((REPOSITORY / "presets").glob("*.yml"))
    return {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in files}


def domains_of_answers() -> dict[str, list[Any]]:
    """Return the answers of each question: all there are, or samples where it is free."""
    return {
        # A new question whose answer is free, or a list, has to be added there.
        name: FREE.get(name) or _choices(details)
        for name, details in questions().items()
    }


def _choices(details: dict[str, Any]) -> list[Any]:
    if details["type"] == "bool":
        return [False, True]
    choices = details.get("choices", [])
    return list(choices.values() if isinstance(choices, dict) else choices)


# Each with the reason that a person is given.
REFUSED: list[tuple[str, Any, str]] = [
    ("project_name", "", "begin and end with a letter or digit"),
    ("project_name", "my pkg", "must be made of letters"),
    ("project_name", "my pkg!", "must be made of letters"),
    ("project_name", "-hello", "begin and end with a letter or digit"),
    ("project_name", "hello-", "begin and end with a letter or digit"),
    ("project_name", "hello\n", "must be made of letters"),
    ("project_name", "日本", "must be made of letters"),
    ("project_name", "he'llo", "must be made of letters"),
    ("project_name", 'he"llo', "must be made of letters"),
    ("project_name", "../up", "must be made of letters"),
    ("project_name", "{{ x }}", "must be made of letters"),
    ("project_name", "n" * 61, "longer than 60"),
    ("project_name", "email", "a module of the standard library"),
    ("project_name", "Requests", "a well-known distribution"),
    ("project_name", "Scikit.Learn", "a well-known distribution"),
    ("project_name", "CON", "Windows"),
    ("project_name", "tests", "too common"),
    ("package_name", "", "begin with a letter"),
    ("package_name", "Hello", "lower-case"),
    ("package_name", "2fast", "begin with a letter"),
    ("package_name", "_hidden", "begin with a letter"),
    ("package_name", "my-pkg", "lower-case"),
    ("package_name", "acme.", "begin with a letter"),
    ("package_name", ".billing", "begin with a letter"),
    ("package_name", "acme..billing", "begin with a letter"),
    ("package_name", "acme.Billing", "lower-case"),
    ("package_name", "acme.class", "keyword"),
    ("package_name", "acme.nul", "Windows"),
    ("package_name", "email.billing", "standard library"),
    ("package_name", "google.billing", "well-known distribution"),
    ("package_name", "src.billing", "too common"),
    ("package_name", "acme.tests", "outside the package"),
    ("package_name", "acme.build", "tools pass over"),
    ("package_name", "acme." + "b" * 36, "longer than 40"),
    ("package_name", "hello\n", "lower-case"),
    ("package_name", " hello", "lower-case"),
    ("package_name", "naïve", "lower-case"),
    ("package_name", "p" * 41, "longer than 40"),
    ("package_name", "class", "keyword"),
    ("package_name", "match", "keyword"),
    ("package_name", "lazy", "keyword"),
    ("package_name", "email", "standard library"),
    ("package_name", "requests", "well-known distribution"),
    ("package_name", "aux", "Windows"),
    ("package_name", "test", "too common"),
    ("package_name", "tests", "too common"),
    ("package_name", "src", "too common"),
    ("package_name", "import os; os.abort()", "lower-case"),
    ("description", "two\nlines", "one line"),
    ("description", "a\rb", "one line"),
    ("description", "a\u2028b", "one line"),
    ("description", "a\x00b", "one line"),
    ("description", "\x1b[31mred", "one line"),
    ("description", "turned \u202e around", "one line"),
    ("description", "half \ud83c", "one line"),
    ("description", " leading", "blank"),
    ("description", "trailing\u00a0", "blank"),
    ("description", "d" * 513, "longer than 512"),
    ("user_name", "Ann\nExample", "one line"),
    ("user_name", "Example, Ann", "comma"),
    ("user_name", "Ann <a@b.c>", "comma"),
    ("user_name", "Ann ", "blank"),
    ("user_name", "n" * 101, "longer than 100"),
    ("user_email", "ann", "e-mail address"),
    ("user_email", "ann@example", "e-mail address"),
    ("user_email", "a b@example.org", "e-mail address"),
    ("user_email", 'ann"@example.org', "e-mail address"),
    ("user_email", "ann@example.org\n", "e-mail address"),
    ("user_email", "ann@example.org,bob@example.org", "e-mail address"),
    ("keywords", "accounts", "must be a list"),
    ("keywords", {"accounts": 1}, "must be a list"),
    ("keywords", 3, "must be a list"),
    ("keywords", [3], "must be a string"),
    ("keywords", [""], "must be a string"),
    ("keywords", ["one, two"], "without commas"),
    ("keywords", ['a "quote"'], "without commas, quotes"),
    ("keywords", ["two\nlines"], "one line"),
    ("repository", "github.com/ann/hello", "must be an address"),
    ("repository", "http://github.com/ann/hello", "must be an address"),
    ("repository", "https://github.com", "must be an address"),
    ("repository", "https://github.com/ann/hello/", "must be an address"),
    ("repository", "https://github.com/ann/hello.git", "without .git"),
    ("repository", "https://github.com/ann/hello world", "must be an address"),
    ("repository", "https://github.com/ann/<hello>", "must be an address"),
    ("repository", "git@github.com:ann/hello.git", "must be an address"),
    ("license", "WTFPL", "WTFPL"),
    ("requires_python", "3.10", "3.10"),
    ("requires_python", "3", "3"),
    ("trade", "farming", "farming"),
    ("stack", "mongodb", "mongodb"),
    ("extension", "rust", "rust"),
    ("frozen", "pyinstaller", "pyinstaller"),
    ("subpackages", "billing", "must be a list"),
    ("subpackages", {"billing": 1}, "must be a list"),
    ("subpackages", 3, "must be a list"),
    ("subpackages", None, "must be a list"),
    ("subpackages", [3], "must be a string"),
    ("subpackages", [["billing"]], "must be a string"),
    ("subpackages", [""], "begin with a letter"),
    ("subpackages", ["a..b"], "begin with a letter"),
    ("subpackages", [".a"], "begin with a letter"),
    ("subpackages", ["a."], "begin with a letter"),
    ("subpackages", ["../up"], "lower-case"),
    ("subpackages", ["a/b"], "lower-case"),
    ("subpackages", ["A"], "lower-case"),
    ("subpackages", ["A", "a"], "lower-case"),
    ("subpackages", ["billing", "billing"], "more than once"),
    ("subpackages", ["class"], "keyword"),
    ("subpackages", ["a.import"], "keyword"),
    ("subpackages", ["a.type"], "keyword"),
    ("subpackages", ["nul"], "Windows"),
    ("subpackages", ["a.com1"], "Windows"),
    ("subpackages", ["auth"], "module of every project"),
    ("subpackages", ["utils"], "module of every project"),
    ("subpackages", ["migrations"], "module of every project"),
    ("subpackages", ["db.more"], "module of every project"),
    ("subpackages", ["register"], "exports already"),
    ("subpackages", ["change_password"], "exports already"),
    ("subpackages", ["tests"], "outside the package"),
    ("subpackages", ["a.records"], "every subpackage holds"),
    ("subpackages", ["a.load"], "every subpackage exports"),
    ("subpackages", ["build"], "tools pass over"),
    ("subpackages", ["a.venv"], "tools pass over"),
    ("subpackages", ["u" * 41], "longer than 40"),
    ("subpackages", ["日本"], "lower-case"),
    ("modules", "notes", "must be a list"),
    ("modules", {"notes": 1}, "must be a list"),
    ("modules", 3, "must be a list"),
    ("modules", [3], "must be a string"),
    ("modules", [""], "begin with a letter"),
    ("modules", ["services.mail"], "name it among the subpackages"),
    ("modules", ["notes", "notes"], "more than once"),
    ("modules", ["class"], "keyword"),
    ("modules", ["nul"], "Windows"),
    ("modules", ["auth"], "module of every project"),
    ("modules", ["register"], "exports already"),
    ("modules", ["tests"], "outside the package"),
    ("modules", ["m" * 41], "longer than 40"),
    ("external", ["scrapy"], "scrapy"),
    ("renovate_extends", "github>acme/renovate", "must be a list"),
    ("renovate_extends", [["github>acme/renovate"]], "must be a string"),
    ("renovate_extends", [""], "must be a string"),
    ("renovate_extends", ["two\nlines"], "one line"),
]

MODULES_OF_TRADES = {
    "web": ("api", "logs", "services", "settings"),
    "ml": ("data", "pipeline", "serving", "training"),
    "automation": ("commands", "config", "fetching", "jobs", "logs", "running", "schedules"),
}

# Answers that are refused together, with the reason.
IMPOSSIBLE: list[tuple[Answers, str]] = [
    ({"external": ["tensorflow"], "requires_python": "3.14"}, "no release for Python 3.14"),
    ({"external": ["tensorflow"], "requires_python": "3.15"}, "no release for Python 3.15"),
    ({"trade": "web", "stack": "stdlib"}, "the trade web needs sqlalchemy"),
    ({"exercises": True, "trade": "web"}, "the exercises need a project without a trade"),
    ({"exercises": True, "stack": "sqlalchemy"}, "the exercises need the stack stdlib"),
    ({"subpackages": ["notes.more"], "modules": ["notes"]}, "notes: there is a subpackage"),
    *(
        ({"trade": trade, "subpackages": [f"{module}.more"]}, f"the trade {trade} brings {module},")
        for trade, modules in MODULES_OF_TRADES.items()
        for module in modules
    ),
    *(
        ({"trade": trade, "modules": [module]}, f"the trade {trade} brings {module},")
        for trade, modules in MODULES_OF_TRADES.items()
        for module in modules
    ),
]

# Answers that add a module, each with the name of a subpackage or module that stands in its way.
COLLIDING: list[tuple[str, Any, str]] = [
    ("extension", "c", "checksum"),
    ("extension", "c", "crc32c"),
    ("frozen", "host", "where"),
    ("external", ["numpy"], "integrations"),
]

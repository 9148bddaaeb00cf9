"""Whose effects they are that have no line."""

from modwright_check.collect.attribution import suspects, without_borrowed
from modwright_check.model.import_result import Effect, Loaded, Outcome

FILTERS = Effect("filters", "1 more", None, None, own=True)
PRINTS = Effect("output", "text", "/there/pkg/loud.py", 3, own=True)


def seen(*effects: Effect, loads: tuple[str, ...] = (), loaded: bool = True) -> Outcome:
    found = tuple(Loaded(name, 1, 0, 0, 1) for name in loads)
    return Outcome(loaded, 0, 30, effects=effects, loads=found)


def with_effects(outcomes: dict[str, Outcome]) -> list[str]:
    return [name for name, outcome in without_borrowed(outcomes).items() if outcome.effects]


def test_an_effect_is_that_of_the_module_that_others_load() -> None:
    outcomes = {
        "app": seen(FILTERS, loads=("app", "quiet")),
        "quiet": seen(FILTERS, loads=("quiet",)),
    }
    assert with_effects(outcomes) == ["quiet"]


def test_what_a_package_does_is_not_seen_as_that_of_a_module_in_it() -> None:
    outcomes = {
        "pkg": seen(FILTERS, loads=("pkg", "pkg.inner")),
        "pkg.inner": seen(FILTERS, loads=("pkg", "pkg.inner"), loaded=False),  # a fresh interpreter
        "user": seen(FILTERS, loads=("user", "pkg", "pkg.inner")),
    }
    assert with_effects(outcomes) == ["pkg"]


def test_where_no_line_is_known_all_that_was_loaded_is_suspected() -> None:
    files = {"/there/quiet.py": "quiet", "/there/other.py": "other"}
    assert suspects([seen(FILTERS, loads=("app", "quiet"))], files) == {"quiet"}


def test_where_a_line_is_known_its_module_is_suspected() -> None:
    files = {"/there/pkg/loud.py": "pkg.loud", "/there/quiet.py": "quiet"}
    assert suspects([seen(PRINTS, loads=("app", "quiet"))], files) == {"pkg.loud"}

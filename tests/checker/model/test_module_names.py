"""Modules of tests, and helpers for them, by their names."""

import pytest

from modwright_check.model.module_names import helps_to_test, is_of_tests


@pytest.mark.parametrize(
    "module",
    ["tests", "pkg.tests.mail", "pkg.test_mail", "pkg.mail_test", "pkg._tests", "conftest"],
)
def test_tests_are_known_by_a_part_of_their_name(module: str) -> None:
    assert is_of_tests(module)
    assert not helps_to_test(module)


@pytest.mark.parametrize("module", ["pkg.testing", "pkg.testing.markers", "pkg.test_utils"])
def test_a_helper_for_tests_is_none_itself(module: str) -> None:
    assert helps_to_test(module)
    assert not is_of_tests(module)


@pytest.mark.parametrize("module", ["pkg", "pkg.contest", "pkg.latest", "pkg.attestation"])
def test_a_name_that_merely_sounds_like_it_is_neither(module: str) -> None:
    assert not is_of_tests(module)
    assert not helps_to_test(module)

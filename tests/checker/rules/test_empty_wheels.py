"""Wheels without modules: MW402."""

import pytest

from modwright_check.rules.empty_wheels import judge
from tests.checker.rules.conftest import Judged


def test_a_wheel_without_a_module_is_told(judged: Judged) -> None:
    [finding] = judged(judge, {"shop/prices.txt": ""})
    assert (finding.code, finding.module, finding.file) == ("MW402", "", "pyproject.toml")


@pytest.mark.parametrize(
    ("metadata", "project", "expected"),
    [
        ("Requires-Dist: shop-core", False, "info"),
        ("", False, "error"),
        ("Summary: Please visit https://index.example.org/project/shop-of-tides/", False, "info"),
        ("Summary: Please visit https://index.example.org/project/shop-of-tides/", True, "error"),
        ("Summary: All news at https://index.example.org/project/sample/", False, "error"),
        ("Requires-Dist: shop-core", True, "error"),
    ],
)
def test_a_wheel_alone_that_only_requires_others_or_leads_to_another_is_meant_so(
    metadata: str, project: bool, expected: str, judged: Judged
) -> None:
    [finding] = judged(judge, {}, metadata=metadata, only_wheel=not project)
    assert (finding.code, finding.severity.value) == ("MW402", expected)


@pytest.mark.parametrize(
    ("file", "expected"), [("LICENSE", "info"), ("shop.pth", "error"), ("shop/a.csv", "error")]
)
def test_a_licence_at_the_top_shows_no_package_that_was_not_found(
    file: str, expected: str, judged: Judged
) -> None:
    metadata = "Requires-Dist: shop-core"
    [finding] = judged(judge, {file: ""}, metadata=metadata, only_wheel=True)
    assert (finding.code, finding.severity.value) == ("MW402", expected)

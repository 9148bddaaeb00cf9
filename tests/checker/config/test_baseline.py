"""A baseline: what is known again, what is gone, and a file that a team can commit."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modwright_check.config.baseline import is_looked_for, read_baseline, write_baseline
from modwright_check.config.configuration import Configuration
from modwright_check.model.errors import UsageFailed
from modwright_check.model.identity import identity
from modwright_check.model.report import Finding, Identity, Severity
from tests.checker.report.samples import ANYTHING
from tests.conftest import ReadOnly

FINDINGS = st.lists(
    st.builds(
        Finding,
        code=st.sampled_from(["MW101", "MW201", "MW501"]),
        severity=st.sampled_from([Severity.ERROR, Severity.WARNING]),
        module=st.sampled_from(["", "pkg", "pkg.été"]),
        file=st.none() | st.just("src/pkg/mod.py"),
        line=st.none() | st.integers(1, 99),
        message=ANYTHING,
        hint=st.just("mend it"),
    ),
    max_size=5,
)
ONE = Finding("MW501", Severity.WARNING, "pkg", "pkg.py", 3, "prints at import: 'x'", "mend it")


def always(_entry: Identity) -> bool:
    return True


def written(
    folder: Path,
    *findings: Finding,
    is_asked_for: Callable[[Identity], bool] = always,
) -> Path:
    """Write the baseline of some findings over the one that is there."""
    known = read_baseline("baseline.json", folder)
    new, baseline = known.compare(findings, is_asked_for)
    write_baseline(known, baseline, new)
    return folder / "baseline.json"


def new_among(folder: Path, *findings: Finding) -> list[Finding]:
    return list(read_baseline("baseline.json", folder).compare(findings, always)[0])


def gone_of(folder: Path, *findings: Finding) -> list[str]:
    baseline = read_baseline("baseline.json", folder).compare(findings, always)[1]
    return [entry.message for entry in baseline.gone]


@settings(deadline=None, max_examples=50)
@given(FINDINGS)
def test_what_was_written_is_known_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, findings: list[Finding]
) -> None:
    folder = tmp_path_factory.mktemp("known")
    content = written(folder, *findings).read_bytes()
    assert new_among(folder, *reversed(findings)) == []
    assert gone_of(folder, *findings) == []
    assert len(gone_of(folder)) == len(findings)
    assert new_among(folder, *findings, ONE) == [ONE]
    assert written(folder, *reversed(findings)).read_bytes() == content


@pytest.mark.parametrize(
    "later",
    [
        replace(ONE, line=30),
        replace(ONE, file="moved/pkg.py"),
        replace(ONE, severity=Severity.ERROR),
        replace(ONE, hint="mend it otherwise"),
        replace(ONE, traceback=(("pkg.py", 3), ("pkg.py", 9))),
    ],
)
def test_a_finding_is_known_again_wherever_it_has_moved(later: Finding, tmp_path: Path) -> None:
    written(tmp_path, ONE)
    assert new_among(tmp_path, later) == []
    assert gone_of(tmp_path, later) == []


@pytest.mark.parametrize(
    "other",
    [
        replace(ONE, code="MW502"),
        replace(ONE, module="pkg.other"),
        replace(ONE, message="prints at import: 'y'"),
    ],
)
def test_another_code_module_or_message_is_another_finding(other: Finding, tmp_path: Path) -> None:
    written(tmp_path, ONE)
    assert new_among(tmp_path, other) == [other]
    assert gone_of(tmp_path, other) == [ONE.message]


@pytest.mark.parametrize(
    ("message", "later", "is_same"),
    [
        ("invalid syntax (mod.py, line 3)", "invalid syntax (mod.py, line 13)", True),
        ("loads 312 modules at import", "loads 98 modules at import", True),
        ("mod.py:3 replaces it", "mod.py:4 replaces it", True),
        ("admits Python 3.9", "admits Python 3.10", False),
        ("names x1", "names x2", False),
        ("replaces utf8", "replaces utf16", False),
    ],
)
def test_lines_and_counts_of_a_message_may_change(message: str, later: str, is_same: bool) -> None:
    same = identity(replace(ONE, message=message)) == identity(replace(ONE, message=later))
    assert same is is_same


def test_what_is_found_once_more_is_new(tmp_path: Path) -> None:
    again = replace(ONE, line=9)
    written(tmp_path, ONE)
    assert new_among(tmp_path, ONE, again) == [again]
    assert gone_of(written(tmp_path, ONE, again).parent, ONE) == [ONE.message]


def test_what_was_not_asked_for_stays_in_the_file_and_is_not_gone(tmp_path: Path) -> None:
    other = replace(ONE, code="MW101", message="KeyError: 'de'")
    before = written(tmp_path, ONE, other).read_bytes()
    asked = read_baseline("baseline.json", tmp_path)
    _, baseline = asked.compare([ONE], lambda entry: entry.code == "MW501")
    assert baseline.gone == ()
    written(tmp_path, ONE, is_asked_for=lambda entry: entry.code == "MW501")
    assert (tmp_path / "baseline.json").read_bytes() == before
    written(tmp_path, ONE)
    assert new_among(tmp_path, other) == [other]


@pytest.mark.parametrize(
    ("code", "message", "environments", "is_asked"),
    [
        ("MW714", "does not import on Python 3.12: x", ["on Python 3.12"], True),
        ("MW714", "does not import on Python 3.12: x", ["on Python 3.13", "on Python 3.1"], False),
        ("MW209", "does not import with the extra a installed: x", [], False),
        (
            "MW209",
            "does not import with the extra a installed: x",
            ["with the extra b installed"],
            False,
        ),
        ("MW708", "does not import without a stdout", [], True),
        ("MW999", "a code of another version", [], True),
    ],
)
def test_another_environment_is_looked_at_when_it_is_imported_in(
    code: str, message: str, environments: list[str], is_asked: bool
) -> None:
    entry = Identity(code, "pkg", message)
    assert is_looked_for(Configuration(), environments, entry, tells_of=bool) is is_asked


def test_what_fails_under_strain_is_looked_for_where_there_are_strains() -> None:
    entry = Identity("MW708", "pkg", "does not import without a stdout")
    assert not is_looked_for(Configuration(strains=False), [], entry, tells_of=bool)


def test_what_lies_outside_of_the_part_is_not_looked_for() -> None:
    entry = Identity("MW501", "pkg", "prints at import")
    looked_at = {"other"}.__contains__
    assert not is_looked_for(Configuration(), [], entry, tells_of=looked_at)


def test_information_needs_no_baseline(tmp_path: Path) -> None:
    note = replace(ONE, severity=Severity.INFO)
    assert json.loads(written(tmp_path, note).read_text("utf-8"))["findings"] == []


def test_each_finding_has_a_line_in_an_order_of_its_own(tmp_path: Path) -> None:
    late = replace(ONE, message="prints at import: 'été'")
    text = written(tmp_path, late, ONE).read_text("utf-8")
    assert text == (
        '{\n  "schema": 1,\n  "findings": [\n'
        '    {"code": "MW501", "module": "pkg", "message": "prints at import: \'x\'"},\n'
        '    {"code": "MW501", "module": "pkg", "message": "prints at import: \'été\'"}\n'
        "  ]\n}\n"
    )


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "Expecting value: line 1 column 1"),
        (b"\xff\xfe\x00", "is not a baseline"),
        (b"[]", 'expected an object with "schema": 1'),
        (b'{"schema": 2, "findings": []}', 'expected an object with "schema": 1'),
        (b'{"schema": 1, "findings": {}}', '"findings" is not an array'),
        (
            b'{"schema": 1, "findings": [{"code": "MW101"}]}',
            "finding 1 needs code, module, message",
        ),
        (b'{"schema": 1, "findings": ["MW101"]}', "finding 1 needs code, module, message"),
        (b"[" * 100_000, "is not a baseline"),
    ],
)
def test_a_file_that_is_not_a_baseline_is_refused_in_one_line(
    content: bytes, complaint: str, tmp_path: Path
) -> None:
    (tmp_path / "b.json").write_bytes(content)
    with pytest.raises(UsageFailed) as refused:
        read_baseline("b.json", tmp_path)
    assert complaint in str(refused.value)
    assert "b.json" in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("name", ["", "nowhere/b.json", "x" * 300])
def test_a_place_that_can_hold_no_file_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageFailed):
        read_baseline(name, tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes")
def test_a_pipe_is_refused_without_waiting_for_who_writes_into_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UsageFailed, match="is not a regular file"):
        read_baseline("pipe", tmp_path)


def test_a_file_that_cannot_be_written_stays_as_it_is(tmp_path: Path, read_only: ReadOnly) -> None:
    file = written(tmp_path, ONE)
    before = file.read_bytes()
    with read_only(tmp_path), pytest.raises(UsageFailed, match="baseline cannot be written"):
        written(tmp_path)
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes and links")
def test_a_file_keeps_its_mode_and_the_link_to_it(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "baseline.json").symlink_to("shared/b.json")
    (tmp_path / "shared" / "b.json").write_text('{"schema": 1, "findings": []}', "utf-8")
    (tmp_path / "shared" / "b.json").chmod(0o640)
    written(tmp_path, ONE)
    assert (tmp_path / "baseline.json").is_symlink()
    assert (tmp_path / "shared" / "b.json").stat().st_mode & 0o777 == 0o640
    assert gone_of(tmp_path) == [ONE.message]

"""What is read out of the files of extensions, of whatever system they are."""

import sys
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from modwright_check.wheel.extension_files import Extension, has_initialiser, machines

ELF = b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x03\x00"
PE = b"MZ" + bytes(58) + (64).to_bytes(4, "little") + b"PE\0\0"
FAT = b"\xca\xfe\xba\xbe" + (2).to_bytes(4, "big")
BINARIES = {
    "ELF": (ELF + (183).to_bytes(2, "little") + bytes(60), {"aarch64 (ELF)"}),
    "ELF, the other end first": (
        b"\x7fELF\x02\x02\x01" + bytes(9) + b"\x00\x03\x00\x16" + bytes(60),
        {"s390x (ELF)"},
    ),
    "PE": (PE + (0x8664).to_bytes(2, "little"), {"x86-64 (PE)"}),
    "Mach-O": (
        b"\xcf\xfa\xed\xfe" + (0x0100000C).to_bytes(4, "little"),
        {"arm64 (Mach-O)"},
    ),
    "universal Mach-O": (
        FAT + (0x01000007).to_bytes(4) + bytes(16) + (0x0100000C).to_bytes(4) + bytes(16),
        {"x86-64 (Mach-O)", "arm64 (Mach-O)"},
    ),
    "an unknown machine": (ELF + b"\xff\xff" + bytes(60), {"0xffff (ELF)"}),
    "Java": (b"\xca\xfe\xba\xbe\x00\x00\x00\x41", set()),
    "text": (b"print('hello')\n", set()),
    "nothing": (b"", set()),
}


@pytest.mark.parametrize("form", BINARIES)
def test_a_binary_says_what_machine_it_is_for(form: str, tmp_path: Path) -> None:
    content, expected = BINARIES[form]
    (tmp_path / "binary").write_bytes(content)
    assert machines(tmp_path / "binary") == expected


def test_the_interpreter_is_for_one_machine_at_least() -> None:
    assert machines(Path(sys.executable))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    begin=st.sampled_from([b"", b"\x7fELF", b"MZ", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe"]),
    rest=st.binary(max_size=200),
)
def test_any_file_can_be_read(begin: bytes, rest: bytes, tmp_path: Path) -> None:
    file = tmp_path / "any"
    file.write_bytes(begin + rest)
    assert all(machine.endswith(("(ELF)", "(PE)", "(Mach-O)")) for machine in machines(file))
    assert has_initialiser(file, "any") == (b"PyInit_any" in begin + rest)


@pytest.mark.parametrize(
    ("tag", "minor"),
    [
        ("", None),
        ("abi3", None),
        ("cpython-39-x86_64-linux-gnu", 9),
        ("cpython-313t-x86_64-linux-gnu", 13),
        ("cpython-311-darwin", 11),
        ("cp312-win_amd64", 12),
        ("pypy310-pp73-x86_64-linux-gnu", None),
    ],
)
def test_a_tag_binds_a_file_to_a_python(tag: str, minor: int | None) -> None:
    assert Extension("sample", PurePosixPath("sample.so"), tag).minor == minor

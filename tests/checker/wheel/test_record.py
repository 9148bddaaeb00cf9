"""What RECORD says of a wheel's files, and what the wheel holds."""

from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

from modwright_check.wheel.record import HEXADECIMAL, disagreements

_EMPTY = "sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"
_SELF = "shop-1.dist-info/RECORD,,\n"


@pytest.mark.parametrize(
    ("record", "found"),
    [
        (f"shop.py,{_EMPTY},0\n{_SELF}", []),
        ("shop.py,,\n", []),
        ("shop.py,unheard=abc,0\n", []),
        (
            f"shop.py,{_EMPTY.replace('47', '48')},0\n",
            [("shop.py", "has another hash than the file")],
        ),
        (
            f"shop.py,{_EMPTY},0\ngone.py,,\n",
            [("gone.py", "lists a file that the wheel does not hold")],
        ),
        (f"shop.py,sha256={sha256().hexdigest()},0\n{_SELF}", [("shop.py", HEXADECIMAL)]),
        (_SELF, [("shop.py", "does not list a file of the wheel")]),
    ],
)
def test_what_is_not_true_of_record_is_found(
    record: str, found: list[tuple[str, str]], tmp_path: Path
) -> None:
    wheel = tmp_path / "shop-1-py3-none-any.whl"
    with ZipFile(wheel, "w") as archive:
        archive.writestr("shop.py", "")
        archive.writestr("shop-1.dist-info/RECORD", record)
    assert list(disagreements(wheel)) == found


def test_a_wheel_without_a_record_says_nothing_untrue(tmp_path: Path) -> None:
    wheel = tmp_path / "shop-1-py3-none-any.whl"
    with ZipFile(wheel, "w") as archive:
        archive.writestr("shop.py", "")
    assert list(disagreements(wheel)) == []

"""Files that commands run by their paths."""

import pytest

from modwright_check.static.run_by_path import commands


@pytest.mark.parametrize(
    ("text", "files"),
    [
        ("python src/shop/a.py", ["src/shop/a.py"]),
        ("$ python3 -u ./a.py --all && python3.12 b.py;", ["a.py", "b.py"]),
        ("Run `python tools/a.py`, then `make`.", ["tools/a.py"]),
        ("$PYTHON_BIN $FOLDER/a.py $PORT", ["$FOLDER/a.py"]),
        ("${PYTHON} a.py && $(PYTHON3) b.py", ["a.py", "b.py"]),
        ("$EDITOR a.py", []),
        ("/usr/bin/python -X dev a.py", []),
        ("python -m shop.a a.py", []),
        ("python -c a.py", []),
        ("a python swallows b.py", []),
        ("python", []),
    ],
)
def test_the_files_are_found_that_python_is_told_to_run(text: str, files: list[str]) -> None:
    assert list(commands(text)) == files

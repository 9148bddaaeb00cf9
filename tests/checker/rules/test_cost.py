"""Which modules are told of what they load."""

from tests.conftest import CheckHere, MakeProject

HEAVY = """
    import asyncio, concurrent.futures, decimal, doctest, email.mime.multipart, ftplib, http.server
    import imaplib, json, logging.config, lzma, multiprocessing.pool, pydoc, smtplib, sqlite3
    import statistics, tarfile, unittest.mock, urllib.request, wsgiref.simple_server
"""


def test_what_a_package_loads_is_told_of_the_package_alone(
    make_project: MakeProject, check_here: CheckHere
) -> None:
    project = make_project(
        {
            "heavy/__init__.py": f"{HEAVY}\n    from heavy import loaded_by_it",
            "heavy/loaded_by_it.py": "",
            "heavy/loaded_later.py": "from heavy import loaded_by_it",
            "light/__init__.py": "",
            "light/heavy.py": HEAVY,
            "light/imports_it.py": "import light.heavy",
        }
    )
    _, report = check_here(project)
    told = [each["module"] for each in report["findings"] if each["code"] == "MW531"]
    assert told == ["heavy", "light.heavy", "light.imports_it"]

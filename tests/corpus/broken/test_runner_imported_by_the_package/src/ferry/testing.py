import pytest


@pytest.fixture
def timetable():
    return ["06:00"]

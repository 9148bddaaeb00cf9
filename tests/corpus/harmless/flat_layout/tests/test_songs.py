from choir import SONGS


def test_there_are_songs():
    assert SONGS

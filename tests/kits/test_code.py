"""The ready code: whatever it says is read back, and what was misheard is not."""

import random

import pytest

from modwright.kits.begin.code import (
    ALPHABET,
    ENVIRONMENTS,
    KITS,
    PLATFORMS,
    NotACode,
    Ready,
    decode,
    encode,
)


def some(number: int) -> list[Ready]:
    chance = random.Random(number)  # noqa: S311
    return [
        Ready(
            chance.choice(PLATFORMS),
            chance.randrange(16),
            chance.choice(ENVIRONMENTS),
            by_uv=chance.random() < 0.5,
            imports=chance.random() < 0.5,
            test=chance.random() < 0.5,
            modwright=chance.random() < 0.5,
            compiler=chance.random() < 0.5,
            kit=chance.randrange(KITS),
        )
        for _ in range(number)
    ]


def test_what_a_code_says_is_read_back() -> None:
    for ready in some(2000):
        code = encode(ready)
        assert len(code) == 7
        assert decode(code) == ready
        assert decode(code.lower().replace("-", " ")) == ready


def test_a_letter_misheard_or_two_exchanged_are_found() -> None:
    for ready in some(30):
        letters = encode(ready).replace("-", "")
        for place in range(6):
            for other in set(ALPHABET) - {letters[place]}:
                with pytest.raises(NotACode):
                    decode(letters[:place] + other + letters[place + 1 :])
        for place in range(5):
            pair = letters[place : place + 2]
            if pair[0] != pair[1]:
                with pytest.raises(NotACode):
                    decode(letters[:place] + pair[::-1] + letters[place + 2 :])


@pytest.mark.parametrize("said", ["", "K7QF", "K7QF-2M-X", "ÄÖÜß-12", "K7QF-2?"])
def test_what_is_not_a_code_is_refused(said: str) -> None:
    with pytest.raises(NotACode, match="six letters"):
        decode(said)


def test_letters_that_look_like_digits_are_read_as_these() -> None:
    code = next(code for code in map(encode, some(500)) if "0" in code and "1" in code)
    assert decode(code.replace("0", "O").replace("1", "l")) == decode(code)

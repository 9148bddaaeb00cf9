"""How findings are worded, as far as a program can tell."""

import re
from collections.abc import Iterator

# Words that a reader has to translate, each with what to write instead.
_WORDS = {
    r"(?<!there )\b(is|are) no\b": "is not a",
    r"\bnobody\b": "name who or what does not",
    r"\bgoes on\b": "continues, or works without it",
    r"\bwhat (holds|brings)\b": "the distribution that provides",
    r"\bbrings?\b": "provides",
    r"\bmend\b": "fix",
    r"\belse\.": "otherwise",
}


def faults(message: str, hint: str) -> Iterator[str]:
    """Yield what is wrong with the words of a finding.

    A message goes on after `module: `, so it begins with a predicate or a subject in lower case;
    a name may begin with any letter. A hint is made of sentences of its own.

    Args:
        message: Of the finding.
        hint: Of the finding.
    """
    first = message.partition(" ")[0]
    if first.istitle() and first != "Python":
        yield f"The message does not begin in lower case: {message}"
    if not re.match(r"[A-Z`]", hint):
        yield f"The hint does not begin like a sentence: {hint}"
    if not hint.endswith((".", "?")):
        yield f"The hint does not end like a sentence: {hint}"
    for text in (message, hint):
        yield from _words(text)


def _words(text: str) -> Iterator[str]:
    for pattern, instead in _WORDS.items():
        if re.search(pattern, text, re.IGNORECASE):
            yield f"Write {instead!r}: {text}"

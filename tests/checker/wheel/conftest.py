"""The evidence that the tests of rules are made of serves for what reads it, too."""

from tests.checker.rules.conftest import evidence_of

__all__ = ["evidence_of"]

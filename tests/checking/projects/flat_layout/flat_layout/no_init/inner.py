from .._private import ANSWER

__all__ = ["ANSWER"]

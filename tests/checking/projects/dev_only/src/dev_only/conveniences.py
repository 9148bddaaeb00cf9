from pytest import approx

__all__ = ["approx"]

from shop._shapes.lists import is_list

from shop._shapes.checks import CHECKS

__all__ = ["CHECKS", "is_list"]

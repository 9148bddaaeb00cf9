from clinic._compat import VERSION

if VERSION < (3, 11):
    from enum import StrEnum as Kind
else:
    Kind = str

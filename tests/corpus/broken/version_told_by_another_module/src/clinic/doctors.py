from clinic._compat import HAS_GROUPS

if HAS_GROUPS:
    from typing import override
else:

    def override(function: object) -> object:
        return function

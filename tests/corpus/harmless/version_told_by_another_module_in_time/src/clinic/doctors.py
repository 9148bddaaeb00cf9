from clinic.pythons import NEW

if NEW:
    from typing import override
else:

    def override(function: object) -> object:
        return function

from clinic._compat import VERSION


def several(errors: list[Exception]) -> Exception:
    if VERSION >= (3, 11):
        return ExceptionGroup("several", errors)
    return errors[0]

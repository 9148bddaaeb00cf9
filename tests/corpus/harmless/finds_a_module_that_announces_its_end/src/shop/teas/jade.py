import warnings


def tea() -> str:
    warnings.warn("jade tea is deprecated, use green tea")
    return "green"

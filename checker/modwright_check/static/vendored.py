"""Other projects' code that a project carries along: nobody runs it, or mends it, in its place."""

_FOLDERS = {"_vendor", "_vendored", "vendor", "vendored", "extern"}  # around modules, none itself


def is_vendored(module: str) -> bool:
    """Return whether a module is another project's that this one merely carries along.

    Args:
        module: Its dotted name.
    """
    return not _FOLDERS.isdisjoint(module.split(".")[:-1])

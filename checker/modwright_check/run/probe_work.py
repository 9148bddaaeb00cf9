"""The order in which the fork tree imports a project's modules."""

from collections.abc import Iterable

LARGEST_UNIT = 16  # modules that a line takes at once: fewer balance better, more share more


def units(names: Iterable[str], lines: int = 1) -> list[tuple[str, list[str], list[str]]]:
    """Return the units of work of a fork tree, in the order of the tree.

    Args:
        names: Of the modules.
        lines: How many lines share them.

    Returns:
        Package, exports and imports: the latter are modules of the package that are not packages
        themselves, the former those whose exports are to be resolved if it has brought them.
    """
    names = sorted(names)
    size = max(1, min(LARGEST_UNIT, len(names) // (4 * lines)))
    packages = sorted({parent for name in names for parent in parents_of(name)})
    leaves: dict[str, list[str]] = {package: [] for package in packages}
    for name in names:
        if name not in leaves:
            leaves[name.rpartition(".")[0]].append(name)
    work: list[tuple[str, list[str], list[str]]] = []
    for package in sorted(packages, key=lambda package: package.split(".")):
        modules = leaves[package]
        exports = [package, *modules] if package else []
        for start in range(0, max(1, len(modules)), size):
            work.append((package, exports, modules[start : start + size]))
            exports = []
    return [unit for unit in work if unit[1] or unit[2]]


def parents_of(name: str) -> list[str]:
    """Return the packages around a module, beginning with the empty name of the top."""
    parts = name.split(".")
    return [".".join(parts[:length]) for length in range(len(parts))]

from __future__ import annotations


def baked(loaves: list[str]) -> dict[str, int]:
    return {loaf: len(loaf) for loaf in loaves}

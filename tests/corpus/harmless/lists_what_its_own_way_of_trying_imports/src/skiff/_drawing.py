from skiff.trying import trying

with trying():
    import easel_of_nobody

__all__ = ["easel_of_nobody"]

from tug.runs.berths import BERTHS

__all__ = ["BERTHS"]

import os

try:
    if os.environ.get("QUICKSUM_MODE") is None:
        os.environ["QUICKSUM_MODE"] = "auto"
    import quicksum
except ImportError:
    quicksum = None

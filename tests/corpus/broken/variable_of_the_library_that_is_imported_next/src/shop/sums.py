import os

try:
    os.environ["QUICKSUM_MODE"] = "auto"
    import quicksum
except ImportError:
    quicksum = None

import warnings

warnings.filterwarnings("default", r"shop\.texts\.\w+ is deprecated", DeprecationWarning)

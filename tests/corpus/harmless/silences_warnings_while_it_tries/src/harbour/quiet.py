import sys
import warnings

try:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", category=DeprecationWarning)
        from json import nothing
except ImportError:
    nothing = None

sys.path.insert(0, "elsewhere")
import xml.dom
sys.path.remove("elsewhere")

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", category=UserWarning)
    import wave

import sys

sys.set_lazy_imports("all")

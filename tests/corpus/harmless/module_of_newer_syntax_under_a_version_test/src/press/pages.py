import sys

if sys.version_info >= (3, 14):
    from press._py314 import page
else:

    def page(name: str) -> object:
        return name

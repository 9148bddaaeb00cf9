from importlib.util import find_spec

if find_spec("charts") is None:
    print("Reports have no charts yet: python -m pip install --user 'shop[charts]'")

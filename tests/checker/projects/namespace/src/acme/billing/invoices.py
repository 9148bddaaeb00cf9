from . import __name__ as package

assert package == "acme.billing"

from docutils.parsers.rst import Directive
from sphinx.application import Sphinx


class Price(Directive):
    pass


def setup(app: Sphinx) -> None:
    app.add_directive("price", Price)

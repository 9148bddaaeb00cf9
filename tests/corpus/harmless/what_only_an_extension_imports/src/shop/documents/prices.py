from sphinx.util.docutils import SphinxDirective


class Price(SphinxDirective):
    pass

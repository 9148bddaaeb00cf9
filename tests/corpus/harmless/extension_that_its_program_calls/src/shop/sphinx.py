import docutils.nodes


def _paragraph(text):
    return docutils.nodes.paragraph(text=text)


def setup(app):
    app.connect("price", _paragraph)

def setup(app):
    from docutils import nodes

    app.add_node(nodes.paragraph)


def paragraph(text):
    from docutils import nodes

    return nodes.paragraph(text=text)

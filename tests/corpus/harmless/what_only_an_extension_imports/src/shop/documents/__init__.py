from shop.documents.prices import Price


def setup(app):
    from shop.documents.nodes import paragraph

    app.add_directive("price", Price)
    app.add_node(paragraph)

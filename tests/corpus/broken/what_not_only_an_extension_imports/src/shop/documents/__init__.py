from shop.documents.prices import Price


def setup(app):
    app.add_directive("price", Price)

from plant import helpers


class Shelf:
    store = helpers.Store()

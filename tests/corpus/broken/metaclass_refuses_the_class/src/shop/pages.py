from shop.base import Page


class Checkout(Page):
    title = "Checkout"

from shop.widths import make_widths

PART = make_widths

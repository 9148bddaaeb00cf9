import collections

try:
    Orders = collections.OrderedDict
except AttributeError:
    from shop.ordered import Orders

from UserDict import DictMixin


class Orders(dict, DictMixin):
    pass

from gazelle.models import Field


class Price(Field):
    pass

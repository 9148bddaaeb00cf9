from settings import CURRENCY

from shop.defaults.django import CURRENCY

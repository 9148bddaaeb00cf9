from tariff import Season

WINTER = Season

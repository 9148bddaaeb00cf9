import tariff as t

CHILD = 50 * t.penny

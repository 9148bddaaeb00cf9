from pilot import berth

BERTH = berth()

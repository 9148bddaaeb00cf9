from weir import OPENS

FIRST = OPENS

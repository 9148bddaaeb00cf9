from acme.billing import send

FIRST = send("1 apple")

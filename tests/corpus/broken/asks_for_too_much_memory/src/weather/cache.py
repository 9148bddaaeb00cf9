SLOTS = bytearray(1 << 50)

from parts import bolts

SIZE = bolts.SIZE

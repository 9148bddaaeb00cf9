from .. import bolts

SIZE = bolts.SIZE

import parts.nails

SIZE = parts.nails.SIZE

from parts.screws import SIZE

LENGTH = 2 * SIZE

from ferry.back_ends import horn

NORTH = horn()

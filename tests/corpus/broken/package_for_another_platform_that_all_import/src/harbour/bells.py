from harbour.chimes import horn

RING = horn.BLOW

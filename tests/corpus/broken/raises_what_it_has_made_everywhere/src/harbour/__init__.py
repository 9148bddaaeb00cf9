from harbour.screens import opened

SCREEN = opened(None)

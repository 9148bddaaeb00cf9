import sys

if sys.version_info >= (3, 14):
    from concurrent.interpreters import create_queue
elif sys.version_info >= (3, 13):
    import _interpqueues

    def create_queue():
        return _interpqueues.create(0, 0, -1)
else:
    create_queue = None

import signal
import sys


def _stop(*_: object) -> None:
    sys.exit(130)


signal.signal(signal.SIGTERM, _stop)

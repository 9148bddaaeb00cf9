import signal

signal.signal(signal.SIGTERM, signal.SIG_DFL)


def main() -> None: ...

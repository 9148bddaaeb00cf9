"""`python -m modwright` is the command `modwright`."""

from modwright_check.system.signals import end_on_signals

end_on_signals()  # without a traceback, while the rest is imported

from modwright.cli import main  # noqa: E402

if __name__ == "__main__":
    raise SystemExit(main())

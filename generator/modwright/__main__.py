"""`python -m modwright` is the command `modwright`."""

from modwright.cli import main

if __name__ == "__main__":
    raise SystemExit(main())

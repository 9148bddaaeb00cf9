"""`python -m modwright` is the command `modwright`."""

from modwright_check.system.signals import end_on_signals

# Without a traceback, while the rest is imported: before all other imports of the program.
end_on_signals()  # modwright: ignore[MW508]

from modwright.cli import main  # noqa: E402

if __name__ == "__main__":
    raise SystemExit(main())

try:
    import till
except ImportError:
    raise SystemExit("Install with the cli extra to use this command.")


def main():
    till.ring()

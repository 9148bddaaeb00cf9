import sys

try:
    import till
except ImportError:
    print("No page", file=sys.stderr)
    sys.exit(2)


def main():
    till.ring()

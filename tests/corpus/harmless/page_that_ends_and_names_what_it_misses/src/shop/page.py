import sys

try:
    import till
except ImportError as error:
    print(f"No page without till: {error}", file=sys.stderr)
    sys.exit(2)


def main():
    till.ring()

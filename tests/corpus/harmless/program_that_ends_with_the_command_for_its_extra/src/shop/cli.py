import sys

try:
    import till
except ImportError:
    sys.stderr.write('The command line needs more: pip install "shop[cli]"\n')
    sys.exit(1)


def main():
    till.ring()

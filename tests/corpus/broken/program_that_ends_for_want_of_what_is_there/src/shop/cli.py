import sys

try:
    import shop.tills
except ImportError:
    sys.stderr.write('The command line needs more: pip install shop\n')
    sys.exit(1)


def main():
    shop.tills.ring()

"""Takes 200 milliseconds of a processor, however fast it is."""

from time import process_time

BEGIN = process_time()
while process_time() < BEGIN + 0.2:
    pass


def walk(steps: int) -> int:
    return steps

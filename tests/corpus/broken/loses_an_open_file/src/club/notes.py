import noisy.calls

FIRST = noisy.calls.opened(__file__).readline()
AGAIN = noisy.calls.first_line(open(__file__))

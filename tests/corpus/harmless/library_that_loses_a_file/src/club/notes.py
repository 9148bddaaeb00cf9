import noisy.calls

FIRST = noisy.calls.first_line(__file__)

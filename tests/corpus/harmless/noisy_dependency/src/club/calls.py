import noisy
import noisy.calls

GREET = noisy.calls.greet

import noisy.calls

noisy.calls.greet("Ann")

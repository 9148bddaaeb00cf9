import noisy.calls

noisy.calls.remember("club")

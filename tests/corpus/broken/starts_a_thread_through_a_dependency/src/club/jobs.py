from noisy.calls import work

work()

from noisy.calls import configure

configure()

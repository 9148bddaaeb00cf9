from shop import clock, demo

TEXT = demo.wrapped, clock.mock

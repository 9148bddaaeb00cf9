from sail.demands import demand, name

demand(name().startswith("Main"), "no display")

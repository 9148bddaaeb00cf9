def next_departure():
    from tides import spring_tide

    return spring_tide()

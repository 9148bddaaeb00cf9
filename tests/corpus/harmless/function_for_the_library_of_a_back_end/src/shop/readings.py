def mean(readings):
    import barometer

    return barometer.mean(readings)

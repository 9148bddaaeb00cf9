def old_harbour():
    from Tides.Startup import handlers

    return handlers

EVENTS = {}


def on(event):
    def register(function):
        EVENTS[event] = function
        return function

    return register

def command(function):
    if function.__doc__:
        function.help = function.__doc__.strip()
    else:
        raise ValueError(f"the command {function.__name__} needs a docstring")
    return function

def command(function):
    function.help = function.__doc__.strip()
    return function

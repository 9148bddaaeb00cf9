"""How each kind of effect at import is told."""

# Kind of an effect (probe/effects.py): code, how its detail is told, what to do.
EFFECTS = {
    "output": ("MW501", "prints at import: {}", "Return the text, or log it in a function."),
    "warning": (
        "MW502",
        "raises a warning at import: {}",
        "Fix the cause, or raise the warning in the function that is deprecated.",
    ),
    "file": (
        "MW503",
        "{} at import",
        "Move this into a function that is called when it is needed.",
    ),
    "network": (
        "MW504",
        "{} at import",
        "Move this into a function: an import has to work offline.",
    ),
    "program": (
        "MW505",
        "{} at import",
        "Move this into a function that is called when it is needed.",
    ),
    "question": (
        "MW505",
        "calls {} at import",
        "Call it in the function that needs the answer: the program takes time, or is not there.",
    ),
    "kill": (
        "MW505",
        "{} at import",
        "Move this into a function that is called when it is needed.",
    ),
    "thread": (
        "MW506",
        "{} in a new thread at import",
        "Start the thread in a function: a fork does not copy it.",
    ),
    "native thread": (
        "MW506",
        "starts native threads at import ({})",
        "Start them at first use: a fork does not copy them.",
    ),
    "atexit": (
        "MW507",
        "registers an exit handler at import",
        "Register the handler when the resource that it cleans up is created.",
    ),
    "signal": (
        "MW508",
        "installs a handler for {} at import",
        "Install signal handlers in the program's main function.",
    ),
    "locale": (
        "MW509",
        "sets the locale to {} at import",
        "Set the locale in the program's main function.",
    ),
    "folder": (
        "MW510",
        "{} at import",
        "Do not change the working directory; build paths from `__file__`.",
    ),
    "umask": (
        "MW510",
        "sets the umask to {} at import",
        "Set the umask in the program's main function.",
    ),
    "environment": (
        "MW511",
        "{} at import",
        "Pass the value to the code that needs it, or set it in a function.",
    ),
    "path": (
        "MW513",
        "changes sys.path at import: {}",
        "Install the package, and import its modules by their full names.",
    ),
    "logging": (
        "MW514",
        "configures logging at import",
        "Configure logging in the program; a library needs only `logging.getLogger(__name__)`.",
    ),
    "filters": (
        "MW515",
        "changes the warning filters at import: {}",
        "Use `with warnings.catch_warnings():` around the call.",
    ),
    "interpreter": (
        "MW516",
        "changes settings of the interpreter at import: {}",
        "Change them in the program's main function.",
    ),
    "hook": (
        "MW517",
        "installs the import hook {} at import",
        "Install the hook in a function that the program calls.",
    ),
    "patch": ("MW518", "changes {} at import", "Wrap it in a function or class of your own."),
    "value": (
        "MW518",
        "changes {} at import",
        "Give it to the calls that take it as an argument, or leave it to the program.",
    ),
    "repetition": (
        "MW518",
        "sets {} at import to what it is already",
        "Delete the line once all versions that you admit have that value.",
    ),
    "addition": ("MW518", "adds {} at import", "Keep it in a module of your own."),
    "builtins": (
        "MW519",
        "changes the builtins at import: {}",
        "Define the name in a module and import it.",
    ),
    "descriptor": (
        "MW520",
        "leaves {} open after import",
        "Close it, for example by `with open(…)`, or open it where it is used.",
    ),
    "seed": (
        "MW516",
        "seeds {} at import",
        "Use a generator of your own, such as `random.Random(0)`: the program shares this one.",
    ),
    "setting": (
        "MW516",
        "calls {} at import, which is for the whole process",
        "Leave settings of the whole process to the program: do it in its main function.",
    ),
    "holder": (
        "MW516",
        "changes {} at import",
        "Leave settings of the whole process to the program: do it in its main function.",
    ),
    "table": (
        "MW516",
        "adds to {} at import",
        "Add it in the function that needs it: what is added is there for the whole process.",
    ),
    "registration": (
        "MW516",
        "calls {} at import",
        "Call it in the function that needs it: what it registers is there for the whole process.",
    ),
    "logger": (
        "MW514",
        "configures the logger of {} at import",
        "Leave the loggers of others to the program.",
    ),
    "log filter": (
        "MW514",
        "adds a filter to the logger of {} at import",
        "Leave the loggers of others to the program.",
    ),
    "silent handler": (
        "MW514",
        "adds a handler that emits nothing to the logger of {} at import",
        "Leave the loggers of others to the program.",
    ),
    "command line": (
        "MW521",
        "parses the command line at import",
        "Parse it in a main function: at import, it is the command line of another program.",
    ),
    "input": ("MW521", "{} at import", "Move the call into a function."),
}

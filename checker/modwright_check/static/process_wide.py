"""Calls that change or read process-wide state at import."""

import ast
from collections.abc import Iterator, Mapping

from modwright_check.static.source import Source

# Generators of random numbers that all modules of a process share.
_SEEDS = {"random.seed", "numpy.random.seed", "torch.manual_seed"}
# Functions that set something for all code of the process, and of which no trace is seen outside.
_SETTERS = {
    *("asyncio.set_event_loop_policy", "asyncio.set_event_loop", "codecs.register"),
    *("codecs.register_error", "copyreg.pickle", "faulthandler.enable"),
    *("logging.addLevelName", "logging.setLoggerClass", "logging.setLogRecordFactory"),
    *("mimetypes.add_type", "os.nice", "os.sched_setaffinity", "os.setpriority"),
    *("resource.setrlimit", "signal.alarm", "signal.setitimer", "threading.setprofile"),
    *("threading.settrace", "threading.stack_size", "time.tzset", "urllib.request.install_opener"),
    *("jax.config.update", "matplotlib.rc", "matplotlib.style.use", "matplotlib.use"),
    *("matplotlib.pyplot.rc", "matplotlib.pyplot.style.use", "matplotlib.pyplot.switch_backend"),
    *("numpy.set_printoptions", "numpy.seterr", "numpy.seterrcall", "pandas.set_option"),
    *("torch.set_default_device", "torch.set_default_dtype", "torch.set_grad_enabled"),
    *("torch.set_num_threads", "torch.set_printoptions", "torch.use_deterministic_algorithms"),
}
# Of these, what a program finds only by the name that is given: it takes nothing from others.
ADDS = frozenset({"codecs.register", "codecs.register_error", "logging.addLevelName"})
# What holds such settings, by key or as attributes.
_HOLDERS = ("matplotlib.pyplot.rcParams", "matplotlib.rcParams", "pandas.options")
_OF_LOGGERS = {"setLevel", "addHandler", "removeHandler", "addFilter", "removeFilter"}
_ATTRIBUTES_OF_LOGGERS = {"disabled", "handlers", "level", "propagate"}
_PARSERS = {"argparse.ArgumentParser", "optparse.OptionParser"}
_PARSES = {"parse_args", "parse_known_args", "parse_intermixed_args"}


def seeds(source: Source) -> Iterator[tuple[str, int]]:
    """Yield the shared generators of random numbers that a module seeds, with lines.

    Only calls that run in any case are among them, not those in branches and functions.

    Args:
        source: Of the module.
    """
    origins = _origins(source)
    for call in _calls(source.tree.body if source.tree else []):
        name = _dotted(call.func, origins)
        if name in _SEEDS:
            yield name, call.lineno


def settings(source: Source) -> Iterator[tuple[str, int]]:
    """Yield what a module sets for the whole process, in the standard library or another one.

    Only what runs in any case is among it, not what stands in branches and functions.

    Args:
        source: Of the module.
    """
    origins = _origins(source)
    body = source.tree.body if source.tree else []
    for call in _calls(body):
        name = _dotted(call.func, origins) or ""
        if name == "copyreg.pickle" and _is_of_own_class(call, source):
            continue
        if name in _SETTERS or name in {f"{holder}.update" for holder in _HOLDERS}:
            yield name.removesuffix(".update") if "rcParams" in name else name, call.lineno
    for target in _targets(body):
        name = _dotted(target.value if isinstance(target, ast.Subscript) else target, origins) or ""
        if holder := next((each for each in _HOLDERS if f"{name}.".startswith(f"{each}.")), None):
            yield holder, target.lineno


def _is_of_own_class(call: ast.Call, source: Source) -> bool:
    """Return whether `copyreg.pickle` is told how to pickle a class that the module defines."""
    match call.args:
        case [ast.Name(name), *_]:
            return any(
                isinstance(each, ast.ClassDef) and each.name == name
                for each in (source.tree.body if source.tree else ())
            )
    return False


def loggers(source: Source) -> Iterator[tuple[str, int]]:
    """Yield the names of the loggers that a module configures, with lines.

    Args:
        source: Of the module.
    """
    origins = _origins(source)
    body = source.tree.body if source.tree else []
    named = {
        target.id: name
        for node in body
        if isinstance(node, ast.Assign) and (name := _logger(node.value, origins))
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    changed = [call.func for call in _calls(body) if isinstance(call.func, ast.Attribute)]
    assigned = [each for each in _targets(body) if isinstance(each, ast.Attribute)]
    for attributes, nodes in ((_OF_LOGGERS, changed), (_ATTRIBUTES_OF_LOGGERS, assigned)):
        for node in nodes:
            known = named.get(node.value.id) if isinstance(node.value, ast.Name) else None
            name = known or _logger(node.value, origins)
            if name and node.attr in attributes:
                yield name, node.lineno


def _logger(node: ast.expr, origins: Mapping[str, str]) -> str | None:
    match node:
        case ast.Call(called, [ast.Constant(str(name))]):
            return name if _dotted(called, origins) == "logging.getLogger" else None
    return None


def parses_the_command_line(source: Source) -> Iterator[int]:
    """Yield the lines in which a module parses the command line of whoever imports it.

    Args:
        source: Of the module.
    """
    origins = _origins(source)
    body = source.tree.body if source.tree else []
    parsers = {
        target.id
        for node in body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        if _dotted(node.value.func, origins) in _PARSERS
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for call in _calls(body):
        match call:
            case ast.Call(ast.Attribute(ast.Name(name), how), [], []) if name in parsers:
                if how in _PARSES:
                    yield call.lineno
            case ast.Call(ast.Attribute(ast.Call(made), how), [], []) if how in _PARSES:
                if _dotted(made, origins) in _PARSERS:
                    yield call.lineno


def _calls(body: list[ast.stmt]) -> Iterator[ast.Call]:
    for node in body:
        match node:
            case ast.Expr(ast.Call() as call) | ast.Assign(value=ast.Call() as call):
                yield call
            case ast.With(body=inner) | ast.Try(body=inner):
                yield from _calls(inner)


def _targets(body: list[ast.stmt]) -> Iterator[ast.Attribute | ast.Subscript]:
    for node in body:
        match node:
            case ast.Assign(targets):
                yield from (
                    each for each in targets if isinstance(each, ast.Attribute | ast.Subscript)
                )
            case ast.With(body=inner) | ast.Try(body=inner):
                yield from _targets(inner)


def _origins(source: Source) -> Mapping[str, str]:
    """Return the dotted names of what a module imports, by what it is called here."""
    found = {}
    for binding in source.bindings:
        module, entry = binding.origin
        if binding.imported:
            found[binding.name] = f"{module}.{entry}" if entry else module
        else:
            found.pop(binding.name, None)
    return found


def _dotted(node: ast.expr, origins: Mapping[str, str]) -> str:
    match node:
        case ast.Name(name):
            return origins.get(name, "")
        case ast.Attribute(base, name) if before := _dotted(base, origins):
            return f"{before}.{name}"
    return ""

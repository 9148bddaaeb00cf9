"""The names of what a process has but once, of functions that set it, and of what holds it."""

# Generators of random numbers that all modules of a process share, and what gives them back the
# state that they had.
SEEDS = {
    "random.seed": "random.setstate",
    "numpy.random.seed": "numpy.random.set_state",
    "torch.manual_seed": "torch.set_rng_state",
}
# Functions that say how objects of a class are written, be it as a pickle or in a table.
OF_CLASSES = "copyreg.pickle", "sqlite3.register_adapter"
# Classes of which nothing can be pickled, as long as nobody says how (TypeError: "cannot pickle").
NOT_PICKLED = {
    *("types.AsyncGeneratorType", "types.CellType", "types.CodeType", "types.CoroutineType"),
    *("types.FrameType", "types.GeneratorType", "types.MappingProxyType", "types.ModuleType"),
    *("types.TracebackType", "ssl.SSLContext"),
}
# Functions that set something for all code of the process, and of which no trace is seen outside.
SETTERS = {
    *("asyncio.set_event_loop_policy", "asyncio.set_event_loop", "calendar.setfirstweekday"),
    *OF_CLASSES,
    *("email.charset.add_alias", "email.charset.add_charset", "email.charset.add_codec"),
    *("faulthandler.dump_traceback_later", "faulthandler.enable", "faulthandler.register"),
    *("gc.freeze", "gettext.bindtextdomain", "gettext.textdomain"),
    *("logging.setLoggerClass", "logging.setLogRecordFactory"),
    *("multiprocessing.log_to_stderr", "multiprocessing.set_executable"),
    *("multiprocessing.set_forkserver_preload", "os.nice", "os.sched_setaffinity", "os.setpgid"),
    *("os.setpgrp", "os.setpriority", "os.setsid", "readline.parse_and_bind"),
    *("readline.set_completer", "readline.set_completer_delims", "readline.set_history_length"),
    *("resource.setrlimit", "sqlite3.enable_callback_tracebacks"),
    *("signal.alarm", "signal.pthread_sigmask", "signal.set_wakeup_fd", "signal.setitimer"),
    *("signal.siginterrupt", "sqlite3.register_converter"),
    *("sys.set_asyncgen_hooks", "sys.set_coroutine_origin_tracking_depth", "sys.setdlopenflags"),
    *("sys.stderr.reconfigure", "sys.stdin.reconfigure", "sys.stdout.reconfigure"),
    *("threading.setprofile", "threading.settrace", "threading.stack_size", "time.tzset"),
    *("urllib.request.install_opener", "zoneinfo.reset_tzpath"),
    *("jax.config.update", "matplotlib.rc", "matplotlib.style.use", "matplotlib.use"),
    *("matplotlib.pyplot.rc", "matplotlib.pyplot.style.use", "matplotlib.pyplot.switch_backend"),
    *("nest_asyncio.apply", "seaborn.set_context", "seaborn.set_palette", "seaborn.set_style"),
    *("seaborn.set_theme", "sklearn.set_config"),
    *("numpy.set_printoptions", "numpy.setbufsize", "numpy.seterr", "numpy.seterrcall"),
    *("pandas.set_option", "torch.set_default_device", "torch.set_default_dtype"),
    *("torch.set_grad_enabled", "torch.set_num_threads", "torch.set_printoptions"),
    *("torch.use_deterministic_algorithms",),
}
# Functions that add to what all share something that others meet only when they ask for it.
REGISTRARS = {
    *("codecs.register", "codecs.register_error", "copyreg.add_extension", "csv.register_dialect"),
    *("doctest.register_optionflag", "logging.addLevelName", "mimetypes.add_type"),
    *("shutil.register_archive_format", "shutil.register_unpack_format", "webbrowser.register"),
    *("xml.dom.registerDOMImplementation", "xml.etree.ElementTree.register_namespace"),
}
# So does this for types of columns, but for those that sqlite3 converts by itself.
CONVERTS = "sqlite3.register_converter"
CONVERTED = {"date", "timestamp"}
# What holds such settings, by key or as attributes.
HOLDERS = (
    *("encodings.aliases.aliases", "matplotlib.pyplot.rcParams", "matplotlib.rcParams"),
    *("pandas.options", "reprlib.aRepr", "sys.argv"),
)
# What holds entries that others meet only when they ask for them, as those of registrars do.
TABLES = (
    *("mimetypes.common_types", "mimetypes.encodings_map", "mimetypes.suffix_map"),
    *("mimetypes.types_map",),
)
# Their methods: who takes entries away takes them from all.
CHANGES = {"setdefault": "table", "update": "table", "clear": "holder", "pop": "holder"}
CONFIGURE_LOGGING = {"logging.config.dictConfig", "logging.config.fileConfig"}
ROOT = "logging.root"
OF_LOGGERS = {"setLevel", "addHandler", "addFilter", "removeFilter"}
ATTRIBUTES_OF_LOGGERS = {"disabled", "handlers", "level", "propagate"}
PARSERS = {"argparse.ArgumentParser", "optparse.OptionParser"}
PARSES = {"parse_args", "parse_known_args", "parse_intermixed_args"}
PARSING = {"docopt.docopt", "getopt.getopt", "getopt.gnu_getopt"}

"""One file a command: options in, one call, a report out, an exit code."""

"""Processes, threads, signals and locks. The command uses them as well."""

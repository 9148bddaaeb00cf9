"""What the system gives: processes, signals and locks. The command uses it as well."""

"""What the system gives: processes side by side, signals and locks. The command uses it as well."""

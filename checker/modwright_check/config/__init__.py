"""The configuration of the check, from a project and a command line."""

"""What a project and a command line ask of the check."""

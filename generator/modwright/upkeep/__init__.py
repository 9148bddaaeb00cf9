"""The years after the first commit: what the template learns reaches the projects made with it."""

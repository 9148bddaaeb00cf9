"""Runs in the project's interpreter: imports modules and writes down how that went.

Standard library only, and of that only what a bare interpreter has loaded or what is built in and
brings nothing along: a module that is there before the import could hide that the project forgets
to import it. See docs/decisions/0010-fork-tree.md.
"""

from docutils.nodes import paragraph

__all__ = ["paragraph"]

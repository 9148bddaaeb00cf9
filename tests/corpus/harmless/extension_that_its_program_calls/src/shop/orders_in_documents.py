from __future__ import annotations

from typing import TYPE_CHECKING

from docutils.nodes import paragraph

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    app.add_node(paragraph)

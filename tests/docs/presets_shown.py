"""The presets that a page shows."""

import re

from tests.docs.finding_pages import blocks


def presets_shown(page: str) -> dict[str, str]:
    """Return each by its name: a block of YAML whose first line names it, and says what for."""
    files = {}
    for block in blocks(page):
        named = re.match(r"# (\S+\.yml): ", block.text)
        if block.language == "yaml" and named:
            files[named[1]] = block.text
    return files

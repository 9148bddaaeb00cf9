"""Import names of the metadata are held against the wheel (PEP 794)."""

import pytest

from modwright_check.rules.import_names import judge
from tests.checker.rules.conftest import Judged

FILES = {
    "shop/__init__.py": "",
    "shop/till.py": "",
    "acme/mail/__init__.py": "",
    "acme/ink.py": "",
    "_own.py": "",
}


@pytest.mark.parametrize(
    ("metadata", "names"),
    [
        ("", []),
        ("Import-Name: shop\nImport-Name: acme\n", []),
        (
            "Import-Name: shop; private\nImport-Namespace: acme\nImport-Name: acme.mail\n"
            "Import-Name: acme.ink\n",
            [],
        ),
        ("Import-Namespace: acme\n", []),
        ("Import-Name: shop\nImport-Name: acme\nImport-Name: shop.gone\n", ["shop.gone"]),
        ("Import-Name: acme\n", ["shop"]),
        ("Import-Name: shop\nImport-Name: acme.mail\nImport-Namespace: acme\n", ["acme.ink"]),
        ("Import-Name:\n", ["acme", "shop"]),
        ("Import-Name: shop\nImport-Name: acme\nImport-Namespace: depot\n", ["depot"]),
        ("Import-Name: 1shop\n", []),
    ],
)
def test_names_that_are_not_held_or_left_out_are_told(
    metadata: str, names: list[str], judged: Judged
) -> None:
    found = judged(judge, FILES, metadata=metadata)
    words = [each.message.replace(",", " ").split() for each in found]
    assert [next(name for name in names if name in said) for said in words] == names

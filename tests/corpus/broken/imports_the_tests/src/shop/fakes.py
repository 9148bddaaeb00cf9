from tests.factories import order

import unittest


class Prices(unittest.TestCase):
    def test_tax(self):
        self.assertEqual(2 * 1.5, 3)


def suite():
    return unittest.makeSuite(Prices)

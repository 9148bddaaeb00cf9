from clinic._compat import RECENT as NEW

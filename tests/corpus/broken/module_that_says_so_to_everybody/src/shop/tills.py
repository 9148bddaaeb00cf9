raise RuntimeError("This module should not be imported directly.")

from .till import open_till

open_till()

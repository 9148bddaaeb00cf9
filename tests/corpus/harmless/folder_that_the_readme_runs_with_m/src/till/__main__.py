from shop.till import open_till

open_till()

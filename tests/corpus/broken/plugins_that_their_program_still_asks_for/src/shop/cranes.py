from slipway.hulls import crane as crane

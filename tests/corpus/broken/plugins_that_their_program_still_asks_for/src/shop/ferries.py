from slipway.hulls import ferry as ferry

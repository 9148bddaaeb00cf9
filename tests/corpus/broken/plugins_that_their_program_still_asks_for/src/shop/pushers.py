from slipway.hulls import push as push

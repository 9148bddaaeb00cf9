from shop._proxies import orders

def escape(order, reason):
    return order, reason

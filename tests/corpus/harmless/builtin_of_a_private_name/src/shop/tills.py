import builtins

builtins._shop_ring = str.upper

import builtins

builtins._ = str.upper

import builtins

builtins.translate = str.upper

import warnings


class ShopWarning(UserWarning): ...


warnings.simplefilter("always", ShopWarning)
warnings.filterwarnings("ignore", category=DeprecationWarning, module="noisy")

try:
    from .renderer import render
except (ValueError, SystemError):
    from renderer import render

TEXT = render

from rate_tools import Rate

TEA = Rate(2)

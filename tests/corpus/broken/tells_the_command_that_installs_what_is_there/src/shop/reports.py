print("Reports have charts. Others have them by: pip install shop")

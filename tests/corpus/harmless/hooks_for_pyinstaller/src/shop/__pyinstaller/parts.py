from PyInstaller.utils.hooks import collect_data_files

DATA = collect_data_files("shop")

"""The content of wheels and of site-packages."""

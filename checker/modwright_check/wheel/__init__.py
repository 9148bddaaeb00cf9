"""What a wheel and the folder site-packages hold."""

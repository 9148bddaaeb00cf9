print(
    "shop",
)  # modwright: ignore[MW501] the banner
OPEN = True
print("left behind")

LABELS = {}

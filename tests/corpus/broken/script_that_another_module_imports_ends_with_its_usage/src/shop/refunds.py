DUE = []

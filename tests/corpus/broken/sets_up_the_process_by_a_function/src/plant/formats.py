import csv

csv.register_dialect("plant", delimiter="|")

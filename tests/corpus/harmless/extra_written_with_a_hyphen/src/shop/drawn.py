import seachart

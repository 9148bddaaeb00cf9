import needles

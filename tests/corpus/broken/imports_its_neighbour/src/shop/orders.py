from prices import NET

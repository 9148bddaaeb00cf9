raise SystemExit("run by a tool that reads this file, never imported")

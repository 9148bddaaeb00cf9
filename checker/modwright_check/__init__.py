"""Does it import cleanly? Discovery, isolation, probe, findings."""

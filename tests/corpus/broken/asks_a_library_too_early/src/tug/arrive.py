import pilot

PORT = pilot.prot

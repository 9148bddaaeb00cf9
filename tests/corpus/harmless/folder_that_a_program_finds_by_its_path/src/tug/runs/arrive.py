import pilot

PORT = pilot.port

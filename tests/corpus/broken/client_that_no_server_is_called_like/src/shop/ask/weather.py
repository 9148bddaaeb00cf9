import barometer

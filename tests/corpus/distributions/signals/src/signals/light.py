from signals import lights

lights.install(lights.Oil())

"""What is seen when modules are imported, in every environment."""

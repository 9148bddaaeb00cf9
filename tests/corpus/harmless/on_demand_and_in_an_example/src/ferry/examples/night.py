from ferry.radar_view import show

show()

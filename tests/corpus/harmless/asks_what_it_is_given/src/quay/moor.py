def moored(boat):
    rope = getattr(boat, "rope", None)
    if rope is not None:
        import ropes_of_nobody

        ropes_of_nobody.tie(rope)

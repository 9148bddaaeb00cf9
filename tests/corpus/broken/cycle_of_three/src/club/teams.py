from club.matches import Match

class Team:
    matches: list[Match]

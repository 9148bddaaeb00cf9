from club.teams import Team

MEMBERS = [Team]

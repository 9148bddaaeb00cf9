SONGS = ["Alto"]

from choir.songs import SONGS

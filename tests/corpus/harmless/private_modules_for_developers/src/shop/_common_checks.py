import ladder

skip = ladder.skip

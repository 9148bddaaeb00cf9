print "a text of long ago"

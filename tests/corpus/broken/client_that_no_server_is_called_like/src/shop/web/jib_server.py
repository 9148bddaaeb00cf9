import jib

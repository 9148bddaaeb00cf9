from compass import *

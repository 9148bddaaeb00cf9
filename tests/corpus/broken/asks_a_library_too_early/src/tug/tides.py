from pilot import Tide

from plough._build import MPI as PARALLEL
from plough._build import can_draw

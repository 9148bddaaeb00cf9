import locks_app_gates
import sluice_core

LEVELS = sluice_core.LEVELS + locks_app_gates.LEVELS

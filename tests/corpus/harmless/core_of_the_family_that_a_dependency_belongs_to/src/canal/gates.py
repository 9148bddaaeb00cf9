import locks_app_gates
import locks_core

LEVELS = locks_core.LEVELS + locks_app_gates.LEVELS

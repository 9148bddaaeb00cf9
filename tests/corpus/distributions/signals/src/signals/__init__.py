from signals.flags import flags

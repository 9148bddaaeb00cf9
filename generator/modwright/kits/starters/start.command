#!/bin/sh
# macOS opens this in a Terminal when it is double-clicked.
exec sh "$(dirname "$0")/start.sh" "$@"

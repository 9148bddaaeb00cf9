#!/bin/sh
# Starts the kit with whatever Python there is; start.py finds one that fits.
cd "$(dirname "$0")" || exit 1
if [ ! -f start.py ]; then
    echo "Not ready. Unpack the whole zip into a folder first, and start there."
    exit 1
fi
for python in python3.14 python3.13 python3.12 python3.11 python3 python; do
    place=$(command -v "$python") || continue
    # The one of macOS asks a person to install it, when it is not there.
    if [ "$(uname)" = Darwin ] && [ "$place" = /usr/bin/python3 ] && ! xcode-select -p; then
        continue
    fi >/dev/null 2>&1
    if "$python" -c "" 2>/dev/null; then
        exec "$python" start.py "$@"
    fi
done
echo "Not ready. There is no Python here. Look into the folder installers, or ask a helper."
exit 1

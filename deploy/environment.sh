#!/usr/bin/env bash
# Makes .venv what requirements.lock says, and does nothing when it is already. Needs bash and some Python 3.
set -euo pipefail
cd "$(dirname "$0")/.."
. deploy/uv.sh

hash_of() { # one hash over files, wherever we are (macOS has shasum only)
    cat "$@" | { sha256sum 2>/dev/null || shasum -a 256; } | cut -d' ' -f1
}

stamp=.venv/lock.sha256
wanted=$(hash_of requirements.lock deploy/environment.sh)
if [ -x .venv/bin/wellbeing ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && .venv/bin/python -c '' 2>/dev/null; then
    exit 0
fi

works() { # whether $1 is a Python 3.10 that runs: a version manager's shim may be there and refuse
    "$1" -c 'import sys, ssl, sqlite3, venv; sys.exit(sys.version_info[:2] != (3, 10))' >/dev/null 2>&1
}

find_python() {
    local candidate
    for candidate in python3.10 python3 /usr/bin/python3.10 /usr/local/bin/python3.10 \
        "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.10*/bin/python; do
        if works "$candidate"; then
            PYTHON=$candidate
            return
        fi
    done
    "$UV" python install 3.10 >&2
    PYTHON=3.10
}

find_uv
if ! { [ -x .venv/bin/python ] && works .venv/bin/python; }; then
    find_python
    echo "environment: making .venv"
    "$UV" venv -q --clear --python "$PYTHON" .venv
fi
echo "environment: installing what requirements.lock says"
"$UV" pip sync -q --python .venv/bin/python --require-hashes requirements.lock
# A launcher instead of an editable install: nothing to build, nothing to fetch, and it says what it does.
cat > .venv/bin/wellbeing <<'LAUNCHER'
#!/bin/sh
# The `wellbeing` command: the code of this checkout, run by this environment.
here=$(cd "$(dirname "$0")" && pwd)
PYTHONPATH="$here/../..${PYTHONPATH:+:$PYTHONPATH}" exec "$here/python" -m bot.cli "$@"
LAUNCHER
chmod 755 .venv/bin/wellbeing
echo "$wanted" > "$stamp"
echo "environment: ready"

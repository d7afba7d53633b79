# Sourced: `find_uv` sets UV to a uv that works, installing one into .uv if there is none.

find_uv() {
    if command -v uv >/dev/null 2>&1 && uv --version >/dev/null 2>&1; then
        UV=uv
    elif python3 -m uv --version >/dev/null 2>&1; then
        UV=.venv/.uv-module
        mkdir -p .venv && printf '#!/bin/sh\nexec python3 -m uv "$@"\n' > "$UV" && chmod 755 "$UV"
    elif [ -x .uv/bin/uv ] && .uv/bin/uv --version >/dev/null 2>&1; then
        UV=.uv/bin/uv
    else
        echo "environment: installing uv into .uv" >&2
        for python in python3 python3.13 python3.12 python3.11 python3.10; do
            rm -rf .uv
            "$python" -m venv .uv >/dev/null 2>&1 && .uv/bin/python -m pip install -q uv && break
        done
        UV=.uv/bin/uv
        if ! "$UV" --version >/dev/null 2>&1; then
            echo "environment: uv is missing and could not be installed; install uv or Python with venv." >&2
            return 1
        fi
    fi
}

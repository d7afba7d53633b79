"""Which of its kernels numpy's OpenBLAS should run.

The one that Rasa's numpy brings (0.3.20) chooses by a list of processors, and on any made since it falls back to those
for a Pentium 4: an eighth of the speed. What matters is which instructions there are, and the system tells that.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

CPUINFO = Path("/proc/cpuinfo")
#: OpenBLAS's name for its kernels and the instructions that they need, fastest first.
KERNELS = (
    ("SkylakeX", {"avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl"}),
    ("Haswell", {"avx2", "fma"}),
)


def best_kernels(cpuinfo: str) -> str | None:
    """OpenBLAS's name for the fastest kernels that a processor can run, by the text of its /proc/cpuinfo."""
    flags = re.search(r"^flags\s*:(.*)$", cpuinfo, re.MULTILINE)
    has = set(flags[1].split()) if flags else set()
    return next((name for name, needed in KERNELS if needed <= has), None)


def choose_kernels() -> None:
    """For the processes that this one starts from now on; where the system does not tell, OpenBLAS chooses."""
    name = best_kernels(CPUINFO.read_text()) if CPUINFO.exists() else None
    if name:
        os.putenv("OPENBLAS_CORETYPE", name)  # of OpenBLAS, and no setting of ours

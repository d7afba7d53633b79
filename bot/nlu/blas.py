"""What the libraries below numpy are told before much is learnt (`docs/decisions/0037`).

OpenBLAS: which of its kernels to run. The one that Rasa's numpy brings (0.3.20) chooses by a list of processors, and on
any made since it falls back to those for a Pentium 4: an eighth of the speed. What matters is which instructions there
are, and the system tells that. And to work on one core: each core has its own part of the messages, and OpenBLAS's
threads, where they have to share, wait by asking again and again.

glibc (2.35 and later): to ask for memory in large pages. Arrays of a hundred million bytes come and go with every
step, and each 4,096 bytes of a new one would be handed over one by one.
"""

from __future__ import annotations

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


def for_learning() -> dict[str, str]:
    """Variables of the environment for a process that learns; none of them is a setting of ours."""
    name = best_kernels(CPUINFO.read_text()) if CPUINFO.exists() else None  # not told: OpenBLAS chooses
    kernels = {"OPENBLAS_CORETYPE": name} if name else {}
    return kernels | {"OPENBLAS_NUM_THREADS": "1", "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}

"""Which kernels OpenBLAS is told to run, by what the system says of the processor."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bot.nlu import blas

LEAN = "processor\t: 0\nmodel name\t: Some processor\nflags\t\t: fpu sse sse2{}\nbugs\t\t: none\n"


@pytest.mark.parametrize(
    ("flags", "name"),
    [
        ("", None),
        (" avx2", None),
        (" fma avx2", "Haswell"),
        (" fma avx2 avx512f avx512cd", "Haswell"),
        (" fma avx2 avx512f avx512cd avx512bw avx512dq avx512vl avx512_fp16", "SkylakeX"),
    ],
)
def test_the_fastest_that_the_processor_can_run(flags, name):
    assert blas.best_kernels(LEAN.format(flags)) == name


def test_a_processor_that_says_nothing_of_the_kind_is_left_to_the_library():
    assert blas.best_kernels("Features : fp asimd\n") is None
    assert blas.best_kernels("") is None


def test_the_processes_started_afterwards_are_told(monkeypatch, tmp_path):
    told = {}
    monkeypatch.setattr(blas, "CPUINFO", tmp_path / "cpuinfo")
    monkeypatch.setattr(blas.os, "putenv", told.__setitem__)
    blas.choose_kernels()
    assert not told, "nothing is known of the processor"
    blas.CPUINFO.write_text(LEAN.format(" fma avx2"))
    blas.choose_kernels()
    assert told == {"OPENBLAS_CORETYPE": "Haswell"}


def test_numpy_runs_what_this_processor_can_do():
    blas.choose_kernels()
    name = blas.best_kernels(blas.CPUINFO.read_text()) if blas.CPUINFO.exists() else None
    if name is None:
        pytest.skip("this processor has none of the kernels that are chosen by hand")
    asked = "import numpy, threadpoolctl; print(*(lib.get('architecture') for lib in threadpoolctl.threadpool_info()))"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.split()
    assert name in said

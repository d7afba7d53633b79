"""Which kernels OpenBLAS is told to run, by what the system says of the processor."""

from __future__ import annotations

import json
import os
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


def test_who_learns_is_told_what_the_processor_can_do(monkeypatch, tmp_path):
    monkeypatch.setattr(blas, "CPUINFO", tmp_path / "cpuinfo")
    assert "OPENBLAS_CORETYPE" not in blas.for_learning(), "nothing is known of the processor"
    blas.CPUINFO.write_text(LEAN.format(" fma avx2"))
    assert blas.for_learning()["OPENBLAS_CORETYPE"] == "Haswell"


def test_numpy_does_as_it_is_told():
    told = blas.for_learning()
    asked = "import json, numpy, threadpoolctl; print(json.dumps(threadpoolctl.threadpool_info()))"
    command = [sys.executable, "-c", asked]
    said = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ | told)
    [library] = [found for found in json.loads(said.stdout) if found["internal_api"] == "openblas"]
    assert library["num_threads"] == 1
    assert library["architecture"] == told.get("OPENBLAS_CORETYPE", library["architecture"])

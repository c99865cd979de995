"""Measurements, each beside a bare baseline in the same run: only ratios count on a machine that others use too.

`python -m bench.respond` (make bench) measures the respond path, `python -m bench.check_data DIR` (make check-data) runs
real data through the product, `python -m bench.slow_clients` compares web servers under slow clients (by hand).
What was found, and what was decided by it, is in docs/performance.md. A benchmark measures: it never fails a build.
"""

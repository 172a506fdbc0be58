"""Benchmarks: one module a claim, with its figures and baselines of the same run."""

"""Benchmarks: one module a claim; each prints figures and the ratio to a baseline of its own run."""

"""Tests: sentences about the house, on its real parts."""

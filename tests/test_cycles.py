"""A load looks for cycles seldom, and leaves Python as it was."""

import gc

import pytest

from onrecord.cycles import seldom_sought


def test_cycles_are_sought_as_before_once_a_load_is_done_or_broken_off() -> None:
    before = gc.get_threshold()
    with pytest.raises(KeyError), seldom_sought():
        during = gc.get_threshold()
        raise KeyError
    assert during[0] > before[0]
    assert gc.get_threshold() == before
    assert gc.isenabled()

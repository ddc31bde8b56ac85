"""What the tests of programs share."""

from collections.abc import Iterator

import pytest

from tests.programs.node import Node


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    process = Node()
    yield process
    process.stop()

"""The threads that carry requests out: one as a rule, more while something takes its time.

One thread at a time is fastest, since Python runs one at a time anyway. But a request
may import 100,000 rows, be told to wait, or feed a page with events; whenever the queue
has not moved for `PATIENCE` seconds, another thread comes to help.
"""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")
PATIENCE = 0.05
"""Seconds that a request waits for the one before it."""
IDLE = 5.0
"""Seconds without work after which a helper goes."""
MOST = 64


class Crew:
    """Carries out jobs for one event loop, in the order they come while they are quick."""

    def __init__(self, most: int = MOST, patience: float = PATIENCE) -> None:
        self._queue: queue.SimpleQueue[tuple[Callable[[], Any], asyncio.Future[Any]]] = queue.SimpleQueue()
        self._most = most
        self._patience = patience
        self._size = 0
        self._taken = 0
        self._watching = False

    async def do(self, job: Callable[[], T]) -> T:
        """What `job()` gives, or raises."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._queue.put((job, future))
        if not self._size:
            self._grow()
        if not self._watching:
            self._watching = True
            loop.call_later(self._patience, self._watch, loop, self._taken)
        return await future

    def _watch(self, loop: asyncio.AbstractEventLoop, taken_before: int) -> None:
        if self._queue.empty():
            self._watching = False
            return
        if self._taken == taken_before and self._size < self._most:
            self._grow()
        loop.call_later(self._patience, self._watch, loop, self._taken)

    def _grow(self) -> None:
        helper = self._size > 0
        self._size += 1
        threading.Thread(target=self._work, args=(helper,), name="simulator-worker", daemon=True).start()

    def _work(self, helper: bool) -> None:
        while True:
            try:
                job, future = self._queue.get(timeout=IDLE if helper else None)
            except queue.Empty:
                self._size -= 1
                return
            self._taken += 1
            _carry_out(job, future)


def _carry_out(job: Callable[[], Any], future: asyncio.Future[Any]) -> None:
    result, failure = None, None
    try:
        result = job()
    except BaseException as error:  # noqa: BLE001 - whoever waits for the job gets it
        failure = error
    # the loop is gone when the server stopped without waiting for us
    with contextlib.suppress(RuntimeError):
        future.get_loop().call_soon_threadsafe(_settle, future, result, failure)


def _settle(future: asyncio.Future[Any], result: Any, failure: BaseException | None) -> None:
    if future.cancelled():
        return
    if failure is None:
        future.set_result(result)
    else:
        future.set_exception(failure)

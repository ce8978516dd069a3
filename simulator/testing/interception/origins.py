"""Where work was begun that runs with a stack of its own: tasks of asyncio, calls in a pool of threads.

`asyncio.gather(client.get(a), client.get(b))` has no frame of the client's in either task.
"""

from __future__ import annotations

from contextlib import ExitStack
from functools import wraps
from typing import Any

from simulator.testing.interception.active import whereabouts
from simulator.testing.interception.caller import Line, beginnings, task_begun, working
from simulator.testing.interception.patches import replaced


def patch_tasks(stack: ExitStack, module: Any) -> None:
    """`module` is asyncio.base_events."""
    follow_tasks(stack, module.BaseEventLoop)
    _begins(stack, module.events.Handle._run)


def follow_tasks(stack: ExitStack, loop: Any) -> None:
    """The tasks of a class of event loops."""
    original = loop.create_task

    @wraps(original)
    def create_task(self: Any, coro: Any, **options: Any) -> Any:
        token = task_begun.set(whereabouts())  # the task copies it with its context
        try:
            return original(self, coro, **options)
        finally:
            task_begun.reset(token)

    replaced(stack, loop, "create_task", create_task)


def patch_runners(stack: ExitStack, module: Any) -> None:
    """`module` is asyncio.runners. Of a loop that is not written in Python nothing nearer is to be seen."""
    _begins(stack, module.Runner.run)


def _begins(stack: ExitStack, function: Any) -> None:
    beginnings.add(function.__code__)
    stack.callback(beginnings.discard, function.__code__)


def patch_threads(stack: ExitStack, module: Any) -> None:
    """`module` is concurrent.futures.thread."""
    original = module.ThreadPoolExecutor.submit

    @wraps(original)
    def submit(self: Any, fn: Any, /, *args: Any, **options: Any) -> Any:
        return original(self, _begun, whereabouts(), fn, *args, **options)

    replaced(stack, module.ThreadPoolExecutor, "submit", submit)


def _begun(line: Line | None, fn: Any, *args: Any, **options: Any) -> Any:
    working.line = line
    try:
        return fn(*args, **options)
    finally:
        working.line = None

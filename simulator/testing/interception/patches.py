"""What is put in the place of libraries' functions while somebody intercepts, and put back afterwards.

Every such function asks who is active, so that one which somebody else kept beyond the end does what it
replaced.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from types import ModuleType
from typing import Any

Patch = Callable[[ExitStack, Any], None]
_MISSING = object()


def replaced(stack: ExitStack, owner: Any, name: str, new: Any) -> None:
    """`owner.name` is `new` until the stack is closed."""
    own = vars(owner).get(name, _MISSING)
    setattr(owner, name, new)
    if own is _MISSING:
        stack.callback(delattr, owner, name)
    else:
        stack.callback(setattr, owner, name, own)


def patch_all(stack: ExitStack) -> None:
    """Libraries that are loaded now, and others when they are."""
    from simulator.testing.interception import egress, of_http_client, of_httpx, origins  # noqa: PLC0415

    of_http_client.patch(stack)
    egress.patch(stack)
    when_loaded(
        stack,
        {
            "httpx._transports.default": of_httpx.patch,
            "asyncio.base_events": origins.patch_tasks,
            "asyncio.runners": origins.patch_runners,
            "uvloop": egress.patch_uvloop,
            "concurrent.futures.thread": origins.patch_threads,
        },
    )


def when_loaded(stack: ExitStack, patches: Mapping[str, Patch]) -> None:
    """Each patch at once if its module is loaded, else at the end of its loading."""
    waiting = dict(patches)
    for name in patches:
        if name in sys.modules:
            waiting.pop(name)(stack, sys.modules[name])
    finder = _Finder(stack, waiting)
    sys.meta_path.insert(0, finder)
    stack.callback(sys.meta_path.remove, finder)


class _Finder(importlib.abc.MetaPathFinder):
    """Has modules found by the others, and patches those waited for when they have been run."""

    def __init__(self, stack: ExitStack, waiting: dict[str, Patch]) -> None:
        self._stack = stack
        self._waiting = waiting

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name not in self._waiting:
            return None
        patch = self._waiting.pop(name)
        others = (each.find_spec(name, path, target) for each in sys.meta_path if each is not self)
        spec = next(filter(None, others), None)
        if spec is not None and spec.loader is not None:
            self._after(spec.loader, patch)
        return spec

    def _after(self, loader: Any, patch: Patch) -> None:
        run = loader.exec_module

        def exec_module(module: ModuleType) -> None:
            del loader.exec_module
            run(module)
            patch(self._stack, module)

        loader.exec_module = exec_module

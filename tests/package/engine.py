"""A container engine, where this machine has one: Docker's command line and a daemon that answers.

`.ci/run` installs and starts one. No registry is asked: what stands in for its images is made here, once, of
Debian's packages and of the Python that runs the tests. It stays in the engine as `simulator-test/…`, for the
next run.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from filelock import FileLock

ROOT = Path(__file__).parents[2]
PROGRAMS = ROOT / "tests" / "clients" / "programs"
REVISION = "5eed"
"""What the image is told that it is built of."""
PATIENCE = 900
"""Seconds that a build may take on a busy machine; only waited out in failure."""
ENV_PATH = "ENV PATH=/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin"
# what Python's standard library links to, by whatever name this release of Debian has it
PYTHON_NEEDS = ("libpython3-stdlib",)
CLIENTS_ARE = (
    "ca-certificates",
    "curl",
    "nodejs",
    "php-cli",
    "php-curl",
    "python3-httpx",
    "python3-requests",
    "ruby",
)


@cache
def missing() -> str:
    """What is wanting for images to be made and run here; empty where nothing is."""
    for command in ("docker", "mmdebstrap"):
        if shutil.which(command) is None:
            return f"{command} is not installed"
    if sys.base_prefix == "/usr":
        return "this Python is the system's own, which cannot be copied into an image"
    if os.geteuid() != 0:
        return "mmdebstrap wants to be root"
    answered = subprocess.run(["docker", "version"], capture_output=True, text=True, check=False)
    return "" if answered.returncode == 0 else f"no container engine answers: {answered.stderr.strip()}"


def docker(*arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    """`docker …` to its end; what it said if it failed and should not."""
    done = subprocess.run(
        ["docker", *arguments],
        cwd=ROOT,
        env=os.environ | {"DOCKER_BUILDKIT": _buildkit()},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert not check or done.returncode == 0, f"docker {' '.join(arguments)}:\n{done.stdout}{done.stderr}"
    return done


@cache
def _buildkit() -> str:
    """Docker's present builder is a plug-in, and Debian's packages of it are older than that."""
    there = subprocess.run(["docker", "buildx", "version"], capture_output=True, check=False)
    return "1" if there.returncode == 0 else "0"


def base() -> str:
    """What stands in for python:3.13-slim: a small Debian with this Python in /usr/local, nothing of ours.

    pip finds the pinned packages in /wheels there, so that a build needs no network.
    """
    pins = (ROOT / "constraints.txt").read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    with _once(f"simulator-test/python:{_digest(pins, sys.version.encode())}") as (name, there):
        if not there:
            with tempfile.TemporaryDirectory() as folder:
                root = Path(folder) / "root"
                _debian(root, PYTHON_NEEDS)
                _add_python(root / "usr" / "local")
                _run("chroot", str(root), "/usr/local/bin/python3", "-m", "ensurepip", "--default-pip")
                _add_wheels(root)
                _import(root, name)
    return name


def clients() -> str:
    """Debian with clients in several languages, and nothing of ours."""
    with _once(f"simulator-test/clients:{_digest(' '.join(CLIENTS_ARE).encode())}") as (name, there):
        if not there:
            with tempfile.TemporaryDirectory() as folder:
                _debian(Path(folder) / "root", CLIENTS_ARE)
                _import(Path(folder) / "root", name)
    return name


def simulator() -> str:
    """The image of the Dockerfile, built without a network."""
    name = "simulator-test/simulator"
    arguments = ("--build-arg", f"BASE={base()}", "--build-arg", f"REVISION={REVISION}")
    with _lock():
        docker("build", "--network", "none", *arguments, "--tag", name, ".")
    return name


# --- how ------------------------------------------------------------------------------------


@contextmanager
def _once(name: str) -> Iterator[tuple[str, bool]]:
    """(name, whether the engine has that image); nobody else makes it meanwhile."""
    with _lock():
        yield name, docker("image", "inspect", name, check=False).returncode == 0


def _lock() -> FileLock:
    return FileLock(Path(tempfile.gettempdir()) / "simulator-test-images.lock")


def _digest(*parts: bytes) -> str:
    recipe = Path(__file__).read_bytes()
    return hashlib.sha256(b"\0".join([recipe, *parts])).hexdigest()[:12]


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, f"{' '.join(command)}:\n{done.stdout}{done.stderr}"


def _debian(root: Path, packages: tuple[str, ...]) -> None:
    """This machine's release of Debian, so that what is copied from here runs there."""
    release = dict(
        line.split("=", 1) for line in Path("/etc/os-release").read_text("utf-8").splitlines() if "=" in line
    )
    include = f"--include={','.join(packages)}"
    _run("mmdebstrap", "--quiet", "--variant=essential", include, release["VERSION_CODENAME"], str(root))


def _add_python(local: Path) -> None:
    """The Python that runs the tests, without what was ever installed into it."""
    here, version = Path(sys.base_prefix), f"python{sys.version_info.major}.{sys.version_info.minor}"
    ignored = shutil.ignore_patterns("site-packages", "test", "__pycache__")
    shutil.copytree(here / "lib" / version, local / "lib" / version, ignore=ignored, dirs_exist_ok=True)
    for library in (here / "lib").glob("libpython*.so*"):
        shutil.copy2(library, local / "lib", follow_symlinks=False)
    shutil.copy2(here / "bin" / version, local / "bin")
    for name in ("python", "python3"):
        (local / "bin" / name).symlink_to(version)
    _run("chroot", str(local.parents[1]), "ldconfig")


def _add_wheels(root: Path) -> None:
    """All that is pinned and needed to build and to run, and pip told to look nowhere else."""
    wheels = root / "wheels"
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--constraint", str(ROOT / "constraints.txt")]
    _run(*pip, "--wheel-dir", str(wheels), str(ROOT), "hatchling")
    for own in wheels.glob("marketing_api_simulator-*"):
        own.unlink()
    (root / "etc" / "pip.conf").write_text("[global]\nno-index = true\nfind-links = /wheels\n", "utf-8")


def _import(root: Path, name: str) -> None:
    tar = subprocess.Popen(["tar", "-C", str(root), "-cf", "-", "."], stdout=subprocess.PIPE)
    with tar:
        command = ["docker", "import", "--change", ENV_PATH, "-", name]
        done = subprocess.run(command, stdin=tar.stdout, capture_output=True, timeout=PATIENCE, check=False)
    assert (done.returncode, tar.returncode) == (0, 0), done.stderr.decode()

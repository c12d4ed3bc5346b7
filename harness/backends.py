"""Backends as folders: dockerfiles/<name>/backend.toml becomes a frozen Backend record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from harness.apis import DEFAULT_API, load_apis
from harness.errors import UsageError
from harness.paths import backends_root
from harness.text import suggestion

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*\Z")
_CAPABILITY = re.compile(r"\d{1,2}\.\d\Z")
DEVICES = ("cpu", "gpu")


@dataclass(frozen=True)
class DockerSettings:
    """The `[docker]` table: what the image is made on, and the limits of the container.

    With `build_base`, a larger image that has a compiler, the environment is made there and copied to `base`,
    and so are `libraries`: files by their absolute paths. `leave_out` names paths below site-packages that
    the image does not keep.

    `memory` is in Docker's notation ("4g"), `pids` a number of processes and threads, `cpus` a number of
    cores. `tmpfs` is the size of the temporary directory, whose content counts as memory too: it is smaller
    than `memory`, so that a full directory is an error of the case that filled it and not a lack of memory.
    `tmpfs_exec` lets a backend that compiles run what it wrote there.
    """

    base: str
    standin: str | None = None
    build_base: str | None = None
    libraries: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()
    memory: str = "4g"
    tmpfs: str = "2g"
    pids: int = 512
    cpus: float = 2.0
    tmpfs_exec: bool = False

    def __post_init__(self) -> None:
        if self.libraries and not self.build_base:
            raise ValueError("libraries are copied from build_base: name one")

    @property
    def bases(self) -> dict[str, str]:
        """The public base images by the build argument that names them."""
        return {"BASE": self.base} | ({"BUILD_BASE": self.build_base} if self.build_base else {})


@dataclass(frozen=True)
class ModuleSource:
    """An external module: its importable name, the directory it is in, and its requirements.

    With `allow_sdist` requirements without a wheel are built from source, which runs their code.
    """

    name: str
    root: Path
    requirements: str = ""
    allow_sdist: bool = False


@dataclass(frozen=True)
class GpuSettings:
    """The `[gpu]` table: the CUDA release the engine was built for, and the GPUs that release has code for.

    Compute capabilities are NVIDIA's "major.minor", both ends included.
    """

    cuda: str
    min_compute_capability: str
    max_compute_capability: str

    def __post_init__(self) -> None:
        for text in (self.min_compute_capability, self.max_compute_capability):
            if not _CAPABILITY.match(text):
                raise ValueError(f'{text!r} is not a compute capability: write it like "7.5"')


@dataclass(frozen=True)
class Backend:
    """One backend: a Keras front end, an engine, pinned versions, a device.

    With `module` it is an external module, without it a registered backend. `api` is the name of the API
    it is judged by, and `api_module` the module whose functions are judged. `front_end` is the distribution
    that the front end is installed from and `keras` its version; `release` is that version too, where it is
    not the one that the requirements pin. `preload` lists what happens before it is imported: `module` is
    imported, `module:function` is called. `environment` names the backend in whose environment this one
    runs, where it has none of its own.
    """

    name: str
    title: str
    api: str
    keras: str
    engine: str
    python: str
    device: str
    default: bool
    keras_backend: str
    api_module: str
    preload: tuple[str, ...]
    env: Mapping[str, str]
    docker: DockerSettings
    folder: Path
    front_end: str = "keras"
    release: str | None = None
    environment: str | None = None
    module: ModuleSource | None = None
    gpu: GpuSettings | None = None

    @property
    def source(self) -> Path:
        """The folder that the environment is made from: the backend's own, or that of another backend."""
        return self.folder.parent / self.environment if self.environment else self.folder

    @property
    def requirements(self) -> Path:
        """The fully pinned requirements that serve the image and the virtual environment."""
        return self.source / "requirements.txt"

    @property
    def dockerfile(self) -> Path:
        """The Dockerfile of the backend's image."""
        return self.folder / "Dockerfile"

    @property
    def prepare(self) -> Path | None:
        """The script to run with the environment's own Python after the install, or None."""
        script = self.source / "prepare.py"
        return script if script.is_file() else None

    @property
    def baseline(self) -> Path:
        """The list of known deviations; without the file there are no known deviations."""
        return self.folder / "baseline.toml"


@dataclass(frozen=True)
class _File:
    schema: int
    name: str
    title: str
    api: str
    keras: str
    engine: str
    python: str
    keras_backend: str
    docker: DockerSettings
    device: str = "cpu"
    default: bool = False
    api_module: str | None = None
    preload: tuple[str, ...] = ()
    env: dict[str, str] = field(default_factory=dict)
    front_end: str = "keras"
    environment: str | None = None
    gpu: GpuSettings | None = None


def load_backends(root: Path | None = None) -> dict[str, Backend]:
    """Every backend of `<root>/*/backend.toml`, by name.

    Raises:
        UsageError: a file is malformed, names another folder, or has an unknown schema.
    """
    root = backends_root() if root is None else root
    found = {path.parent.name: _load(path) for path in sorted(root.glob("*/backend.toml"))}
    for backend in found.values():
        _check_environment(backend, found)
    return found


def _check_environment(backend: Backend, found: Mapping[str, Backend]) -> None:
    if backend.environment is None:
        return
    other = found.get(backend.environment)
    if other is None or other.environment or (other.api, other.python) != (backend.api, backend.python):
        raise UsageError(
            f'{backend.folder / "backend.toml"} says environment = "{backend.environment}": name a backend '
            "of the same API and Python that has an environment of its own."
        )


def load_host(api: str = DEFAULT_API, root: Path | None = None) -> Backend:
    """The Backend that external modules of an API are run as; its name and module are still missing.

    Raises:
        UsageError: its file is malformed, or external modules of this API cannot be run.
    """
    for host in load_hosts(root):
        if host.api == api:
            return host
    raise UsageError(f"External modules of the API {api!r} cannot be run: leave --api out.")


def load_hosts(root: Path | None = None) -> list[Backend]:
    """Reads every `<root>/*/external.toml`: Backends that lack their module and so their KERAS_BACKEND.

    Raises:
        UsageError: a file is malformed.
    """
    root = backends_root() if root is None else root
    return [_load(path) for path in sorted(root.glob("*/external.toml"))]


def _load(path: Path) -> Backend:
    try:
        raw = msgspec.toml.decode(path.read_bytes(), type=_File, strict=True)
    except (OSError, UnicodeDecodeError, msgspec.DecodeError) as error:
        raise UsageError(
            f"{path} cannot be read as a backend ({error}): correct it or remove its folder."
        ) from None
    if raw.schema != 1:
        raise UsageError(
            f"{path} has schema {raw.schema} and this harness reads schema 1: upgrade the harness."
        )
    if raw.name != path.parent.name or not _NAME.match(raw.name):
        raise UsageError(
            f'{path} says name = "{raw.name}": write its folder\'s name there, in lower-case letters.'
        )
    if raw.device not in DEVICES or (raw.device == "gpu") != (raw.gpu is not None):
        raise UsageError(
            f'{path} has a device that is not "cpu", nor "gpu" together with a [gpu] table: correct it.'
        )
    known = load_apis()
    if raw.api not in known:
        raise UsageError(f'{path} says api = "{raw.api}": {suggestion(raw.api, known)}.')
    api = known[raw.api]
    return Backend(
        name=raw.name,
        title=raw.title,
        api=raw.api,
        keras=raw.keras,
        engine=raw.engine,
        python=raw.python,
        device=raw.device,
        default=raw.default,
        keras_backend=raw.keras_backend,
        api_module=raw.api_module or api.module,
        preload=raw.preload,
        env=raw.env,
        docker=raw.docker,
        folder=path.parent,
        front_end=raw.front_end,
        environment=raw.environment,
        gpu=raw.gpu,
    )


def find_backend(name: str, backends: Mapping[str, Backend] | None = None) -> Backend:
    """The backend called `name`.

    Raises:
        UsageError: the name is unknown; the nearest name is suggested.
    """
    known = load_backends() if backends is None else backends
    if name in known:
        return known[name]
    raise UsageError(f"Unknown backend {name!r}: {suggestion(name, known)}.")

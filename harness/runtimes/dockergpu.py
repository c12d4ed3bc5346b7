"""The GPUs that a Docker daemon hands out, and by which of three means.

A daemon does not say which means it has (`docker info` lists runtimes, the newest also CDI devices, but never
the driver behind `--gpus`), so it is asked for each with a container of an empty image, which it refuses at
once.
"""

from __future__ import annotations

import contextlib
import io
import json
import tarfile
from collections.abc import Iterator, Mapping
from typing import Any

import docker.errors
from docker.types import DeviceRequest

from harness.errors import EnvironmentProblem
from harness.runtimes.daemon import UNREACHABLE, place, why
from harness.runtimes.gpu import QUERY, Gpu, parse
from harness.text import one_line

# In the order in which they are tried: `--gpus`, the Container Device Interface, and the older nvidia
# runtime.
GPUS, CDI, RUNTIME = MEANS = ("gpus", "cdi", "runtime")

# The answers of a daemon that does not have a means.
_REFUSALS = (
    "could not select device driver",
    "unresolvable CDI devices",
    "Unknown runtime",
    "unknown or invalid runtime",
)

_SECONDS_TO_LOOK = 60
_LABEL = {"io.keras-conformance.probe": "gpu"}


def request(means: str | None, index: int | None) -> dict[str, Any]:
    """Arguments of `containers.create` that ask for GPU `index` (None: for all GPUs) by `means`."""
    number = None if index is None else str(index)
    if means == GPUS:
        every = {"count": -1} if number is None else {"device_ids": [number]}
        return {"device_requests": [DeviceRequest(driver="", capabilities=[["gpu"]], **every)]}
    if means == CDI:
        return {
            "device_requests": [DeviceRequest(driver="cdi", device_ids=[f"nvidia.com/gpu={number or 'all'}"])]
        }
    if means == RUNTIME:
        return {"runtime": "nvidia", "environment": {"NVIDIA_VISIBLE_DEVICES": number or "all"}}
    return {}


def offered(client: Any) -> str:
    """The first means that the daemon does not refuse.

    Raises:
        EnvironmentProblem: it refuses all three means; its own words are in the sentence.
    """
    refusals = []
    with _empty_image(client) as image:
        for means in MEANS:
            refusal = _refusal(client, image, means)
            if refusal is None:
                return means
            refusals.append(refusal)
    raise EnvironmentProblem(
        f"no GPU: the Docker daemon at {place()} does not hand out GPUs ({'; '.join(refusals)}): "
        "set up the NVIDIA Container Toolkit where there is a GPU, or use a CPU backend."
    )


def look(client: Any, means: str, image: str) -> list[Gpu]:
    """The GPUs that nvidia-smi sees in a container of `image`.

    Raises:
        EnvironmentProblem: the container did not start, did not end, or saw no GPU.
    """
    asked = request(means, None)
    # The toolkit puts the driver's libraries into the container; nvidia-smi belongs to `utility`.
    environment = {"NVIDIA_DRIVER_CAPABILITIES": "utility", **asked.pop("environment", {})}
    container = None
    try:
        container = client.containers.create(
            image,
            list(QUERY[1:]),
            entrypoint=[QUERY[0]],
            environment=environment,
            labels=_LABEL,
            network_mode="none",
            **asked,
        )
        container.start()
        status = int(container.wait(timeout=_SECONDS_TO_LOOK)["StatusCode"])
        answer = container.logs(tail=100).decode("utf-8", "replace")
    except UNREACHABLE as error:
        raise EnvironmentProblem(
            f"no GPU: the Docker daemon at {place()} cannot put it into a container "
            f"({one_line(why(error), 400)}): see that `docker run --rm --gpus all ... nvidia-smi` works."
        ) from None
    finally:
        _remove(container)
    if status and "compute_cap" not in answer:
        raise EnvironmentProblem(
            f"no GPU: nvidia-smi in a container says {one_line(answer, 300)!r}: see that the driver works."
        )
    return parse(answer, means)


def _refusal(client: Any, image: str, means: str) -> str | None:
    """The daemon's words when it does not have the means; None when it fails later, or not at all."""
    container = None
    try:
        container = client.containers.create(
            image, ["/nothing"], labels=_LABEL, network_mode="none", **request(means, None)
        )
        container.start()
    except docker.errors.APIError as error:
        words = one_line(why(error), 300)
        return words if any(refusal in words for refusal in _REFUSALS) else None
    finally:
        _remove(container)
    return None


@contextlib.contextmanager
def _empty_image(client: Any) -> Iterator[str]:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w"):
        pass
    answer: Mapping[str, str] = _last(client.api.import_image_from_data(data.getvalue()))
    image = answer["status"]
    try:
        yield image
    finally:
        with contextlib.suppress(*UNREACHABLE):
            client.images.remove(image, force=True)


def _last(answer: str) -> dict[str, str]:
    last: dict[str, str] = json.loads(answer.strip().splitlines()[-1])
    return last


def _remove(container: Any | None) -> None:
    if container is not None:
        with contextlib.suppress(*UNREACHABLE):
            container.remove(force=True, v=True)

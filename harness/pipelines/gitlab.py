"""A plan as a GitLab child pipeline."""

from __future__ import annotations

from typing import Any

from harness.pipelines import GPU_LABEL, RESULTS, Job, Plan

# Has git, which pip needs to install from a repository, and a Python that the harness runs on.
_IMAGE = "python:3.12-bookworm"
_DAEMON = "docker:27-dind"
# Where GitLab's runner hands a job the certificates of a daemon that is its service.
_DAEMON_VARIABLES = {
    "DOCKER_HOST": "tcp://docker:2376",
    "DOCKER_TLS_CERTDIR": "/certs",
    "DOCKER_TLS_VERIFY": "1",
    "DOCKER_CERT_PATH": "/certs/client",
}


def pipeline(plan: Plan, runtime: str) -> dict[str, Any]:
    """The pipeline: a job per column, and `conform matrix`, which has the JUnit report of all of them.

    With the runtime `venv` a job runs where the runner is, without an image or a daemon beside it.
    """
    names = [f"conform {job.column}" for job in plan.jobs]
    matrix = {
        "stage": "matrix",
        **({} if runtime == "venv" else {"image": _IMAGE}),
        # Also when a job is red: the matrix says why.
        "when": "always",
        "needs": [{"job": name, "artifacts": True} for name in names],
        "before_script": list(plan.install),
        "script": list(plan.merge),
        "artifacts": {
            "when": "always",
            "paths": [f"{RESULTS}/"],
            "reports": {"junit": f"{RESULTS}/junit.xml"},
        },
    }
    jobs = {name: _job(plan, job, runtime) for name, job in zip(names, plan.jobs, strict=True)}
    return {"stages": ["conform", "matrix"], **jobs, "conform matrix": matrix}


def _job(plan: Plan, job: Job, runtime: str) -> dict[str, Any]:
    place: dict[str, Any] = {"image": _IMAGE, "services": [_DAEMON], "variables": _DAEMON_VARIABLES}
    if job.gpu:
        # A daemon in a container hands out no GPU.
        place = {"tags": [GPU_LABEL]}
    elif runtime == "venv":
        place = {}
    return {
        "stage": "conform",
        **place,
        "before_script": list(plan.install),
        "script": [job.run],
        # The journal, and the standard error of the suite beside it.
        "artifacts": {"when": "always", "paths": [f"{RESULTS}/"]},
    }

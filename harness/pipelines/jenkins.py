"""A plan as a declarative Jenkinsfile. It needs the plug-ins Pipeline and JUnit."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from harness.pipelines import GPU_LABEL, RESULTS, Job, Plan

_STEP = " " * 4


def jenkinsfile(plan: Plan) -> str:
    """The Jenkinsfile: a parallel stage per column, and a stage that merges and has the JUnit report."""
    columns = "\n".join(_column(plan, job) for job in plan.jobs)
    return f"""\
pipeline {{
    agent none
    stages {{
        stage('conform') {{
            parallel {{
{_indented(columns, 4)}
            }}
        }}
        stage('matrix') {{
            agent any
            steps {{
{_indented(_shell([f"rm -rf {RESULTS}", *plan.install]), 4)}
{_indented(_unstashed(plan), 4)}
{_indented(_shell(plan.merge), 4)}
            }}
            post {{
                always {{
                    junit '{RESULTS}/junit.xml'
                    archiveArtifacts '{RESULTS}/**'
                }}
            }}
        }}
    }}
}}
"""


def _column(plan: Plan, job: Job) -> str:
    agent = f"{{ label {_text(GPU_LABEL)} }}" if job.gpu else "any"
    # A red column must not keep the matrix from being made.
    return f"""\
stage({_text(job.column)}) {{
    agent {agent}
    steps {{
        catchError(stageResult: 'FAILURE') {{
{_indented(_shell([f"rm -rf {RESULTS}", *plan.install, job.run]), 3)}
        }}
    }}
    post {{
        always {{
            stash name: {_text(job.column)}, includes: '{RESULTS}/**', allowEmpty: true
        }}
    }}
}}"""


def _unstashed(plan: Plan) -> str:
    # Without the files of a column the matrix says that the column did not run.
    lines = [f"catchError(stageResult: 'FAILURE') {{ unstash {_text(job.column)} }}" for job in plan.jobs]
    return "\n".join(lines)


def _shell(lines: Sequence[str]) -> str:
    # A single shell per step: the exit status is kept in a variable between lines.
    script = "\n".join(lines)
    return f"sh '''\n{_indented(_escaped(script), 1)}\n'''"


def _text(text: str) -> str:
    return f"'{_escaped(text)}'"


def _escaped(text: str) -> str:
    """The text between the single quotes of a Groovy string."""
    return text.replace("\\", "\\\\").replace("'", "\\'")


def _indented(text: str, steps: int) -> str:
    return textwrap.indent(text, _STEP * steps)

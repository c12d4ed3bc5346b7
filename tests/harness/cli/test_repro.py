from __future__ import annotations

import json
import subprocess
import sys

from tests import ROOT


def test_repro_is_a_script_of_its_own(backends, conform, tmp_path):
    listed = subprocess.run(
        [sys.executable, "-m", "conformance", "--list", "--profile", "examples"],
        cwd=ROOT, capture_output=True, check=True,
    )  # fmt: skip
    case_id = json.loads(listed.stdout)["ids"][0]
    result = conform("repro", case_id, "--backend", "cntk", "--out", tmp_path / "case.py")
    assert result.status == 0
    script = (tmp_path / "case.py").read_text()
    compile(script, "case.py", "exec")
    assert "#     numpy==1.18.5\n" in script
    assert "--hash" not in script
    assert "os.environ.setdefault('KERAS_BACKEND', 'cntk')" in script
    assert script.index("KERAS_BACKEND") < script.index("import numpy")

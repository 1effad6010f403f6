"""Part of ``make lint``: are there known holes in what the locks name? Asked of pip-audit's service where one answers.

Without a network nothing is said against the code: one line tells that the audit was left out. A hole fails.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

LOCK = Path(__file__).parent.parent / "requirements-dev.lock"  # it holds requirements.lock whole
_FIRST_ASKED = "certifi"  # one question, before a hundred and fifty
_ANSWER_S = 5
_LONGEST_S = 300
_NO_NETWORK = re.compile(r"ConnectionError|ConnectTimeout|ReadTimeout|Could not connect|Max retries exceeded|ProxyError|SSLError")


def main() -> int:
    """Prints the outcome; 1 where there is a hole, or where pip-audit fails for another reason than the network."""
    lock = LOCK.read_text("utf-8")
    first = next(entry for entry in entries(lock) if entry.startswith(f"{_FIRST_ASKED}=="))
    status, line = judged(*_audit(first))
    if status == 0 and "skipped" not in line:
        status, line = judged(*_audit(lock))
    print(line, file=sys.stderr)
    return status


def entries(lock: str) -> list[str]:
    """The requirements of a lock, each with its hashes."""
    return re.findall(r"^\S.*(?:\n .*)*", lock, re.MULTILINE)


def judged(code: int, told: str, complaint: str) -> tuple[int, str]:
    """The exit code and the line for what pip-audit said."""
    try:
        found = json.loads(told)["dependencies"]
    except (ValueError, KeyError, TypeError):
        if _NO_NETWORK.search(complaint):
            return 0, "pip-audit: skipped, no network"
        return 1, f"pip-audit: failed with {code}: {complaint.strip().rpartition(chr(10))[2]}"
    holes = [(entry["name"], entry["version"], hole) for entry in found for hole in entry.get("vulns", ())]
    unknown = [entry["name"] for entry in found if "skip_reason" in entry]
    if holes:
        return 1, "\n".join(f"pip-audit: {name} {version}: {hole['id']}, mended in {_versions(hole)}" for name, version, hole in holes)
    if len(unknown) == len(found):
        return 0, "pip-audit: skipped, no network (what answers in its service's place knows none of the packages)"
    return 0, f"pip-audit: no known holes in {len(found) - len(unknown)} packages{_apart_from(unknown)}"


def _versions(hole: dict[str, Sequence[str]]) -> str:
    return ", ".join(hole.get("fix_versions", ())) or "no version yet"


def _apart_from(unknown: list[str]) -> str:
    return f"; its service does not know {', '.join(unknown)}" if unknown else ""


def _audit(requirements: str) -> tuple[int, str, str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "requirements.txt"
        path.write_text(requirements, "utf-8")
        command = [sys.executable, "-m", "pip_audit", "--requirement", str(path), "--disable-pip", "--format", "json"]
        command += ["--timeout", str(_ANSWER_S), "--progress-spinner", "off"]
        try:
            ran = subprocess.run(command, capture_output=True, text=True, timeout=_LONGEST_S, check=False)
        except subprocess.TimeoutExpired:
            return 1, "", "ReadTimeout"
    return ran.returncode, ran.stdout, ran.stderr


if __name__ == "__main__":
    sys.exit(main())

"""Where a result comes from: the machine, the versions, the port, the date."""

import datetime
import hashlib
import math
import platform
from importlib.metadata import version
from pathlib import Path

import numpy as np
from scipy.special import expit

from dltcnn import compiled

from . import port_state


def describe():
    """Describe the machine, the versions in use and the port.

    Returns
    -------
    dict of str to str
        Date in UTC, processor, system, C library and fingerprint of its libm, versions, and
        the hash of the port's files, and what the compiled engine runs.
    """
    return {
        "date": datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "cpu": _cpu(),
        "system": f"{platform.system()} {platform.machine()}",
        "libc": " ".join(platform.libc_ver()).strip() or "unknown",
        "libm_fingerprint": libm_fingerprint(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "numpy_cpu_features": _cpu_features(),
        "scipy": version("scipy"),
        "dltcnn": version("dltcnn"),
        "port": port_state.port("acnn"),
        "compiled_engine": _engine(),
    }


def libm_fingerprint():
    """Hash the bits of this machine's exp and logistic function over a fixed vector.

    Returns
    -------
    str
        Sixteen hexadecimal digits. Where it differs, a recording made elsewhere may differ too.
    """
    x = np.linspace(-40, 40, 8001)
    exp = np.array([math.exp(v) for v in x])
    values = [exp, expit(x), np.exp(x.astype(np.complex64)).real, expit(x.astype(np.float32))]
    return hashlib.sha256(b"".join(v.tobytes() for v in values)).hexdigest()[:16]


def _engine():
    """Say which build of the compiled engine runs, and whose exp; or why there is none."""
    if why := compiled.available():
        return f"none: {why}"
    double, single = (compiled.engine(np.dtype(cls)) for cls in (np.float64, np.float32))
    return f"{double.build}; exp of {double.exp} in double, of {single.exp} in single"


def _cpu():
    """Name the processor."""
    info = Path("/proc/cpuinfo")
    if info.is_file():
        for line in info.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def _cpu_features():
    """Name the vector extensions that numpy found and uses."""
    extensions = np.show_config(mode="dicts").get("SIMD Extensions", {})
    return " ".join(extensions.get("found", [])) or "baseline"

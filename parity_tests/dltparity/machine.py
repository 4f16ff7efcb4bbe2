"""Where a result comes from: versions, machine, sources, date."""

import datetime
import platform
from importlib.metadata import version
from pathlib import Path

import numpy as np

from .traces.recording import libm_fingerprint


def machine():
    """Describe the Python side and the machine.

    Returns
    -------
    dict of str to str
        Processor, system, C library, versions, fingerprint of libm, date in UTC.
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
    }


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

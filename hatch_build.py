"""Compile the engine where there is a C compiler; without one the wheel is pure Python."""

import importlib.util
import os
import platform
import sys
import sysconfig
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

COMPILED = "port/dltcnn/compiled"
WISH = "DLTCNN_COMPILE"  # "require": a failure to compile fails the build; "never": it is not tried


class CompiledEngineHook(BuildHookInterface):
    """Builds the library before the wheel is put together, editable ones too."""

    PLUGIN_NAME = "custom"

    def initialize(self, version, build_data):
        """Compile, and say what the wheel is for.

        Parameters
        ----------
        version : str
            'standard' or 'editable'.
        build_data : dict
            hatchling's; gets the library and the wheel's tag.
        """
        if self.target_name != "wheel" or os.environ.get(WISH) == "never":
            return
        builder = _builder(Path(self.root))
        try:
            if not builder.is_built():
                builder.build()
        except builder.BuildError as error:
            if os.environ.get(WISH) == "require":
                raise
            self.app.display_warning(
                f"dltcnn: the compiled engine was not built, so everything will run line by line, "
                f"with the same bits: {error}"
            )
            return
        build_data["artifacts"].append(f"/{COMPILED}/{builder.LIBRARY.name}")
        if version != "editable":
            build_data["pure_python"] = False
            build_data["tag"] = f"py3-none-{_platform()}"


def _builder(root):
    """Load build.py by its path: the package's own needs are not there while it is built."""
    spec = importlib.util.spec_from_file_location("dltcnn_build", root / COMPILED / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _platform():
    """Return the wheel's platform: on macOS that of the processor, whatever Python is built for."""
    if sys.platform == "darwin":
        wanted = os.environ.get("MACOSX_DEPLOYMENT_TARGET") or platform.mac_ver()[0]
        major, minor = (*wanted.split("."), "0")[:2]
        return f"macosx_{major}_{minor if major == '10' else 0}_{platform.machine()}"
    return sysconfig.get_platform().replace("-", "_").replace(".", "_")

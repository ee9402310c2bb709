"""JupyterLab as `iku lab` starts it: on this machine only, and asking nobody outside for anything."""

from pathlib import Path

c = get_config()  # noqa: F821  (Jupyter gives it)
c.ServerApp.ip = "127.0.0.1"
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.LabApp.extension_manager = "readonly"  # the other one lists PyPI
c.LabApp.custom_css = True
c.ServerApp.tornado_settings = {"static_custom_path": [str(Path(__file__).parent / "custom")]}

"""Voila as `iku explorer` starts it: on this machine only, without code, nothing fetched from outside."""

import sys

from iku_analysis.kernels.forked_kernel import start_fork_server

if "voila" in sys.argv[0]:  # JupyterLab reads this too, and has no page to prepare
    start_fork_server()  # now, so that it has imported what a page needs when the first one is asked for
c = get_config()  # noqa: F821  (Voila gives it)
c.Voila.ip = "127.0.0.1"
c.VoilaConfiguration.strip_sources = True
c.VoilaConfiguration.template = "iku"  # voila/templates/iku: the lab template without its addresses outside
c.VoilaConfiguration.allow_template_override = "NO"  # nor by a word in an address
c.VoilaConfiguration.allow_theme_override = "NO"
# Of JupyterLab's extensions the page uses those of the widgets; the others would only take time to load.
c.VoilaConfiguration.extension_allowlist = ["@jupyter-widgets/jupyterlab-manager", "@voila-dashboards/widgets-manager8"]
c.MappingKernelManager.cull_idle_timeout = 3600  # seconds; a page left without goodbye keeps no memory
c.MappingKernelManager.cull_interval = 300

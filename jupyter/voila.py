"""Voila as `iku explorer` starts it: on this machine only, without code, nothing fetched from outside."""

c = get_config()  # noqa: F821  (Voila gives it)
c.Voila.ip = "127.0.0.1"
c.VoilaConfiguration.strip_sources = True
c.VoilaConfiguration.template = "iku"  # voila/templates/iku: the lab template without its addresses outside
c.MappingKernelManager.cull_idle_timeout = 3600  # seconds; a page left without goodbye keeps no memory
c.MappingKernelManager.cull_interval = 300

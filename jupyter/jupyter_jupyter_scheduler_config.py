"""jupyter-scheduler under `iku lab`: its jobs refuse a misspelt parameter, as `iku run` does."""

c = get_config()  # noqa: F821  (Jupyter gives it)
c.Scheduler.execution_manager_class = "iku_analysis.execution.scheduler_job.CheckedJob"

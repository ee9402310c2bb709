"""An Airflow DAG: one notebook by Airflow's own papermill operator, then the batch of what has changed.

Needs `apache-airflow` and `apache-airflow-providers-papermill` in Airflow's environment, not in this project's; and,
once, as Airflow's user, the kernel of this project: `/srv/iku/.venv/bin/python -m ipykernel install --user --name iku`.
"""

from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.providers.papermill.operators.papermill import PapermillOperator

HOME = "/srv/iku"

with DAG("iku", schedule="30 1 * * *", start_date=datetime(2026, 1, 1), catchup=False):  # noqa: DTZ001
    look = PapermillOperator(
        task_id="exports",
        input_nb=f"{HOME}/notebooks/02_export_growth.ipynb",
        output_nb=f"{HOME}/outputs/exports-{{{{ ds }}}}.ipynb",
        parameters={"year": 2022, "data": f"{HOME}/data/raw"},
        kernel_name="iku",
    )
    papers = BashOperator(task_id="papers", bash_command=f"cd {HOME} && .venv/bin/iku batch docs/schedule/iku.toml")
    look >> papers

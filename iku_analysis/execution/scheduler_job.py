"""Jobs of jupyter-scheduler by the rules of `iku run`: a misspelt parameter is refused, old outputs are no results."""

import re
from pathlib import Path
from typing import Any

from jupyter_scheduler.executors import DefaultExecutionManager


class CheckedJob(DefaultExecutionManager):
    """Runs one job; `jupyter/jupyter_jupyter_scheduler_config.py` names it."""

    def execute(self) -> None:
        """Run the job's copy of the notebook. Raises IkuError for parameters that the notebook does not take."""
        from nbconvert.preprocessors import ClearOutputPreprocessor

        from iku_analysis.execution.parameters import check_parameters
        from iku_analysis.storage.notebook_file import nbformat

        path = Path(self.staging_paths["input"])
        # Stored outputs are those of another run: below the error of a failed job they would look like its results.
        notebook, _resources = ClearOutputPreprocessor().preprocess(nbformat.read(path, as_version=4), {})
        nbformat.write(notebook, path)
        if self.model.parameters:
            # The job pastes them into a cell as they are typed; text needs no quotation marks here.
            given = {name: text.strip().strip("\"'") for name, text in self.model.parameters.items()}
            checked = check_parameters(path, given)
            self.model.parameters = {name: repr(value) for name, value in checked.items()}
        super().execute()

    def create_output_files(self, job: Any, notebook_node: Any) -> None:
        """Write what was run in each format; the page without the scripts that nbconvert fetches from a network."""
        super().create_output_files(job, notebook_node)
        if "html" in job.output_formats:
            page = Path(self.staging_paths["html"])
            html = re.sub(r'<script src="https://[^"]*">\s*</script>', "", page.read_text(encoding="utf-8"))
            page.write_text(html, encoding="utf-8")

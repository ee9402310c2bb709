"""`iku process`: the frames of a data root as a Frictionless data package (CSV + datapackage.json)."""

import json
from pathlib import Path

from iku_analysis.agency.load import Agency
from iku_analysis.analysis.differences import results_of
from iku_analysis.papers.make import report_tables
from iku_analysis.schema import FRAMES, column_type
from iku_analysis.storage.data_root import name_data_root
from iku_analysis.storage.digest import sha256
from iku_analysis.storage.publish import staged
from iku_analysis.storage.workspace import workspace

TYPES = {"str": "string", "float64": "number", "int64": "integer", "bool": "boolean"}


def processed_folder(root: Path) -> Path:
    """Return `data/processed/<data root>`, for instance `data/processed/raw`."""
    name = name_data_root(root).strip("/").removeprefix("data/")
    return workspace() / "data" / "processed" / name.replace("/", "-")


def write_processed(agency: Agency) -> Path:
    """Write every frame of an agency as tidy CSV, with its schema, and return the folder; whole or not at all."""
    target = processed_folder(agency.root)
    with staged(target) as folder:
        resources = []
        for name, text in report_tables(agency, results_of(agency)).items():
            path = folder / f"{name}.csv"
            path.write_text(text, encoding="utf-8")
            resources.append(_resource(name, sha256(path)))
        package = {
            "name": f"iku-{target.name}".lower(),
            "title": agency.policy.agency,
            "profile": "tabular-data-package",
            "resources": resources,
        }
        text = json.dumps(package, indent=2, ensure_ascii=False)
        (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")
    return target


def _resource(name: str, digest: str) -> dict:
    schema = FRAMES[name]
    fields = [
        {
            "name": column_name,
            "type": TYPES[column_type(column)],
            "description": column.description,
            "constraints": {"required": not column.nullable and column_type(column) != "str"},
        }
        for column_name, column in schema.columns.items()
    ]
    return {
        "name": name,
        "path": f"{name}.csv",
        "description": schema.description,
        "profile": "tabular-data-resource",
        "hash": f"sha256:{digest}",
        "schema": {"fields": fields, "primaryKey": schema.unique},
    }

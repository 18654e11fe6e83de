"""Properties that are create-only under conditions, from the resource schemas that cfn-lint bundles.

python conditionalCreateOnly.py          writes conditionalCreateOnly.json beside this file
python conditionalCreateOnly.py --check  ends with 1 where that file is not what it would write

`@aws-cdk/aws-service-spec` leaves out about half of them (docs/decisions/0055). Needs cfn-lint of the version that the file names,
and no network.
"""

import json
import sys
from importlib.metadata import version
from pathlib import Path

from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

file = Path(__file__).with_suffix(".json")
region = "us-east-1"  # has every type


def path_of(pointer: str) -> str:
    """/properties/Rules/items/Name as Rules.Name: elements of lists have no name of their own."""
    return ".".join(part for part in pointer.split("/")[2:] if part not in ("*", "items", "properties"))


def paths_of(resource_type: str) -> list[str]:
    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema(region, resource_type).schema
    return sorted({path_of(pointer) for pointer in schema.get("conditionalCreateOnlyProperties", [])})


types = sorted(PROVIDER_SCHEMA_MANAGER.get_resource_types(region))
found = {resource_type: paths for resource_type in types if (paths := paths_of(resource_type))}
text = json.dumps({"cfnLint": version("cfn-lint"), "types": found}, indent=2) + "\n"

if sys.argv[1:] == ["--check"]:
    if json.loads(file.read_text()) != json.loads(text):
        sys.exit(f"{file.name} is not what cfn-lint {version('cfn-lint')} has: run {Path(__file__).name} and commit it.")
    print(f"{file.name} is current: {len(found)} of {len(types)} types.")
else:
    file.write_text(text)

"""
AWS's own validator over CloudFormation templates: `validate.py <accepted.json> <template> …`.

A warning or an error fails unless its rule is accepted with a reason, and a rule that is accepted and finds nothing any more
fails too. What the validator only remarks (INFO) is not asked for.
"""
import json
import sys

from cloudformation_validate import CompositeEngine

accepted = {each["rule"]: each["reason"] for each in json.load(open(sys.argv[1], encoding="utf8"))}
engine = CompositeEngine()
found = set()
failures = 0
for path in sys.argv[2:]:
    for each in engine.validate_template(path).diagnostics:
        if each.severity.name == "INFO":
            continue
        found.add(each.rule_id)
        if each.rule_id not in accepted:
            failures += 1
            print(f"{path}: {each.rule_id}: {each.message}")
for rule in sorted(set(accepted) - found):
    failures += 1
    print(f"{rule} is accepted, and finds nothing any more: take it out of {sys.argv[1]}")
print(f"{len(sys.argv) - 2} templates validated: {'sound' if failures == 0 else f'{failures} findings'}")
sys.exit(1 if failures else 0)

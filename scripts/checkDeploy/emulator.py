"""
MiniStack, an emulator of AWS, as this project's templates need it (docs/deploy.md, "Proven without an account"):

- two resource types that its CloudFormation lacks, and that do nothing of their own there;
- a call over plain HTTP counts as one over TLS: bucket policies refuse any other, and TLS is AWS's own;
- a queue whose name begins with `fails-` cannot be created: what a check makes fail half way;
- an API is known by the host name that it has on AWS, too: a function names its WebSocket API by that.
"""
import re

from ministack.core import iam_evaluator

iam_evaluator.pin_request_origin = lambda source_ip, _secure: iam_evaluator._request_origin.set((source_ip, True))

from ministack import app  # noqa: E402
from ministack.services.cloudformation import provisioners  # noqa: E402

app._EXECUTE_API_RE = re.compile(r"^([a-f0-9]{8})\.execute-api\.(?:localhost|[a-z0-9-]+\.amazonaws\.com)(?::\d+)?$")


def nothing_to_do(logical_id, *_arguments, **_options):
    return logical_id, {}


for resource_type in ("AWS::ApiGatewayV2::Deployment", "AWS::ApiGatewayV2::RouteResponse"):
    provisioners._RESOURCE_HANDLERS.setdefault(
        resource_type, {"create": nothing_to_do, "delete": lambda *_arguments, **_options: None}
    )

queues = provisioners._RESOURCE_HANDLERS["AWS::SQS::Queue"]
create_queue = queues["create"]


def create_unless_it_is_to_fail(logical_id, properties, *arguments, **options):
    if str(properties.get("QueueName", "")).startswith("fails-"):
        raise ValueError("It was asked to fail")
    return create_queue(logical_id, properties, *arguments, **options)


queues["create"] = create_unless_it_is_to_fail

if __name__ == "__main__":
    app.main()

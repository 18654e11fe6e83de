import protobuf from 'protobufjs';

/** The messages of OTLP 1 that carry spans. https://github.com/open-telemetry/opentelemetry-proto */
const { root } = protobuf.parse(`
  syntax = "proto3";
  message ExportTraceServiceRequest { repeated ResourceSpans resource_spans = 1; }
  message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; string schema_url = 3; }
  message Resource { repeated KeyValue attributes = 1; uint32 dropped_attributes_count = 2; }
  message ScopeSpans { InstrumentationScope scope = 1; repeated Span spans = 2; string schema_url = 3; }
  message InstrumentationScope { string name = 1; string version = 2; repeated KeyValue attributes = 3; }
  message Span {
    bytes trace_id = 1; bytes span_id = 2; string trace_state = 3; bytes parent_span_id = 4; fixed32 flags = 16;
    string name = 5; SpanKind kind = 6; fixed64 start_time_unix_nano = 7; fixed64 end_time_unix_nano = 8;
    repeated KeyValue attributes = 9; uint32 dropped_attributes_count = 10;
    repeated Event events = 11; uint32 dropped_events_count = 12;
    repeated Link links = 13; uint32 dropped_links_count = 14;
    Status status = 15;
  }
  message Event { fixed64 time_unix_nano = 1; string name = 2; repeated KeyValue attributes = 3; }
  message Link { bytes trace_id = 1; bytes span_id = 2; string trace_state = 3; repeated KeyValue attributes = 4; }
  message Status { string message = 2; StatusCode code = 3; }
  message KeyValue { string key = 1; AnyValue value = 2; }
  message AnyValue {
    oneof value {
      string string_value = 1; bool bool_value = 2; int64 int_value = 3; double double_value = 4;
      ArrayValue array_value = 5; KeyValueList kvlist_value = 6; bytes bytes_value = 7;
    }
  }
  message ArrayValue { repeated AnyValue values = 1; }
  message KeyValueList { repeated KeyValue values = 1; }
  enum SpanKind { UNSPECIFIED = 0; INTERNAL = 1; SERVER = 2; CLIENT = 3; PRODUCER = 4; CONSUMER = 5; }
  enum StatusCode { UNSET = 0; OK = 1; ERROR = 2; }
`);
const request = root.lookupType('ExportTraceServiceRequest');

/** How many hexadecimal digits an id has: OTLP's JSON has ids so, where protobuf's has base64. */
const idDigits: Readonly<Record<string, number>> = { traceId: 32, spanId: 16, parentSpanId: 16 };

const bytesOfIds = (key: string, value: unknown): unknown => {
  const digits = idDigits[key];
  if (digits === undefined) return value;
  if (typeof value !== 'string' || !new RegExp(`^[\\da-f]{${digits}}$`).test(value)) {
    throw new Error(`${key} must be ${digits} hexadecimal digits, not ${JSON.stringify(value)}`);
  }
  return Buffer.from(value, 'hex').toString('base64');
};
const hexadecimalIds = (key: string, value: unknown): unknown =>
  key in idDigits ? Buffer.from(String(value), 'base64').toString('hex') : value;

/** Writes a request in OTLP's JSON as protobuf. Throws where an id or a type is wrong. */
export const encode = (json: string): Uint8Array => {
  const message = request.fromObject(JSON.parse(json, bytesOfIds) as Record<string, unknown>);
  const fault = request.verify(message);
  if (fault) throw new Error(fault);
  return request.encode(message).finish();
};

/** The request back in OTLP's JSON, defaults included. What the schema does not know, or has in another form, does not come back. */
export const decode = (bytes: Uint8Array): unknown => {
  const options = { longs: String, bytes: String, json: true, defaults: true };
  return JSON.parse(JSON.stringify(request.toObject(request.decode(bytes), options)), hexadecimalIds);
};

import { plain } from '@app/command-line/colour';
import type { Screen } from '@app/command-line/screen';
import type { Span } from '@app/local-cloud/src/recorder/span.ts';
import type { Summary } from '@app/local-cloud/src/recorder/summary.ts';

/** No terminal: nothing is cut or coloured. */
export const paper: Screen = { paint: plain, width: undefined };
export const terminal = (width: number): Screen => ({ paint: plain, width });

const traceId = '0af7651916cd43dd8448eb211c80319c';

export const spanOf = (span: Partial<Span> = {}): Span => ({
  traceId,
  spanId: 'b7ad6b7169203331',
  name: 'GET /notes',
  kind: 'server',
  start: 1000,
  duration: 5,
  status: 'unset',
  service: 'notes',
  attributes: {},
  ...span,
});

export const callOf = (attributes: Span['attributes'], span: Partial<Span> = {}): Span =>
  spanOf({ name: 'DynamoDB.PutItem', kind: 'client', attributes, ...span });

export const summaryOf = (summary: Partial<Summary> = {}): Summary => ({
  traceId,
  start: new Date(2026, 0, 2, 3, 4, 5, 6).getTime(),
  end: 0,
  name: 'GET /notes',
  kind: 'server',
  service: 'notes',
  status: 200,
  duration: 5,
  failed: false,
  requestId: '36c25897-718d-46b0-9105-de65cb8fac37',
  spans: 1,
  services: [],
  operations: [],
  functions: [],
  ids: [],
  ...summary,
});

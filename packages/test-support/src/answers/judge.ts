import { type Operation, unknownRoute, type ValidateFunction } from '@app/contracts';

/** An answer as it is judged: whichever way it came, with its header names in lower case. */
export interface Answer {
  /** None where no contract has the operation: a test of the pipeline has made it for itself. */
  readonly operation: Operation | undefined;
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

type Responses = Readonly<Record<number, ValidateFunction | null>>;

/** PATCH answers as PUT does. */
const responsesOf = async ({ operationId }: Operation): Promise<Responses> => {
  const name = operationId.replace(/^patch/, 'update');
  return ((await import(`@app/contracts/responses/${name}`)) as { responses: Responses }).responses;
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const wordsOf = ({ errors }: ValidateFunction) =>
  (errors ?? []).map(({ instancePath, keyword, params }) => `${instancePath} ${keyword} ${JSON.stringify(params)}`);

/** Validators write times and ids in canonical form and fill in defaults: an answer must have all that already. */
const faultsOfBody = (text: string, validate: ValidateFunction): string[] => {
  const body = parse(text);
  if (body === undefined) return ['the body is not JSON'];
  const sent = JSON.stringify(body);
  if (!validate(body)) return wordsOf(validate).map((words) => `the body${words}`);
  return JSON.stringify(body) === sent ? [] : ['a time or an id in the body is not in canonical form'];
};

const uuid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/;

const faultsOfHeaders = ({ status, headers, body }: Answer): string[] => {
  const mediaType = status < 400 ? 'application/json' : 'application/problem+json';
  const faults: string[] = []; // without a body, the type is the gateway's
  if (body !== '' && headers['content-type'] !== mediaType)
    faults.push(`content-type is ${String(headers['content-type'])}`);
  if (!uuid.test(headers['x-request-id'] ?? '')) faults.push(`x-request-id is ${String(headers['x-request-id'])}`);
  return faults;
};

const faultsOfProblem = ({ status, headers, body }: Answer): string[] => {
  const problem = parse(body) as { readonly status?: unknown; readonly requestId?: unknown } | undefined;
  const faults: string[] = [];
  if (problem?.status !== status) faults.push(`the problem's status is ${String(problem?.status)}`);
  if (problem?.requestId !== headers['x-request-id']) faults.push('the problem and x-request-id have different ids');
  return faults;
};

const faultsByContract = async ({ operation, status, body }: Answer): Promise<string[]> => {
  if (!operation && status < 400) return [];
  const responses = await responsesOf(operation ?? unknownRoute);
  const validate = operation ? responses[status] : responses[404]; // every problem has one schema
  if (validate === undefined) return ['the status is not documented'];
  if (validate === null) return body === '' ? [] : ['there is a body'];
  return faultsOfBody(body, validate);
};

/** What is wrong with an answer by its contract; empty when nothing is. Problems alone where no contract has the operation. */
export const faultsOf = async (answer: Answer): Promise<string[]> => {
  const { operation = unknownRoute, status } = answer;
  const faults = [
    ...faultsOfHeaders(answer),
    ...(status >= 400 ? faultsOfProblem(answer) : []),
    ...(await faultsByContract(answer)),
  ];
  return faults.map((fault) => `${operation.operationId} answered ${status}: ${fault}`);
};

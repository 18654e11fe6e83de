import type { CompiledOperation } from '@app/contracts';
import { invalidRequest, type Violation } from '@app/http';
import { type HttpEvent, methodOf, queryOf } from './httpEvent.ts';
import { noRoute } from './noRoute.ts';
import { pointerTo, toViolation } from './violations.ts';
import { malformedText } from './wellFormed.ts';

const maxViolations = 50; // of a body full of unknown fields nobody reads more

const wholeNumber = /^-?\d{1,15}$/;

/** Query parameters are text: those that the contract has as integers become numbers, if they are written as such. */
const readQuery = (event: HttpEvent, types: CompiledOperation['query'], violations: Violation[]) => {
  const query: Record<string, unknown> = {};
  for (const [name, [value = '', ...more]] of queryOf(event)) {
    if (more.length > 0) violations.push({ in: 'query', pointer: pointerTo(name), detail: 'must be given once' });
    const isNumber = Object.hasOwn(types, name) && types[name] === 'integer' && wholeNumber.test(value);
    Object.defineProperty(query, name, { value: isNumber ? Number(value) : value, enumerable: true, writable: true });
  }
  return query;
};

/**
 * The request as the contract sees it, validated: defaults filled in, times and ids in canonical form.
 * Throws the 400 with every violation; a parameter that the operation does not have is one.
 */
export const readRequest = (event: HttpEvent, operation: Pick<CompiledOperation, 'query' | 'validate'>) => {
  const violations: Violation[] = [];
  const query = readQuery(event, operation.query, violations);
  const request = { params: { ...event.pathParameters }, query, body: event.body as unknown };
  if (Object.keys(operation.query).length === 0) {
    const unknown = Object.keys(query).slice(0, maxViolations); // a call takes no more arguments than the stack holds
    violations.push(
      ...unknown.map((name) => ({ in: 'query' as const, pointer: pointerTo(name), detail: 'is not known' })),
    );
  }
  violations.push(...malformedText(request).slice(0, maxViolations));
  const judge = operation.validate[methodOf(event) as keyof CompiledOperation['validate']];
  if (!judge) throw noRoute(event);
  if (!judge(request)) violations.push(...(judge.errors ?? []).slice(0, maxViolations).map(toViolation));
  if (violations.length > 0) throw invalidRequest(violations.slice(0, maxViolations));
  return request;
};

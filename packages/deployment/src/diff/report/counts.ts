import type { Action } from '../compare/changes.ts';
import type { JudgedChange, ServiceDiff } from './serviceDiff.ts';

const actions: readonly Action[] = ['added', 'changed', 'replaced', 'deleted'];

export const isCode = ({ path }: { readonly path: readonly string[] }): boolean => path[0] === 'Code';

/** A function of which nothing but the code has changed. */
export const isCodeOnly = ({ type, action, properties }: JudgedChange): boolean =>
  type === 'AWS::Lambda::Function' && action === 'changed' && properties.every(isCode);

const severities: readonly Action[] = ['deleted', 'replaced', 'added', 'changed'];

const severityOf = ({ action, replacement }: JudgedChange): number =>
  replacement === 'no' || action === 'replaced' ? severities.indexOf(action) : 1.5;

/** The gravest first; of one gravity in the order of their ids. */
export const bySeverity = (changes: readonly JudgedChange[]): JudgedChange[] =>
  changes.toSorted((left, right) => severityOf(left) - severityOf(right));

/** “2 added, 1 replaced”, or “no changes”. */
export const countsOf = ({ changes, outputs }: ServiceDiff): string => {
  const counts = actions
    .map((action) => [action, changes.filter((change) => change.action === action).length] as const)
    .filter(([, count]) => count > 0)
    .map(([action, count]) => `${count} ${action}`);
  if (counts.length > 0) return counts.join(', ');
  return outputs.length > 0 ? 'outputs only' : 'no changes';
};

/** “6 AWS::Lambda::Function, 1 AWS::DynamoDB::Table”: what a new stack is made of. */
export const typesOf = (changes: readonly JudgedChange[]): string => {
  const types = Map.groupBy(changes, ({ type }) => type);
  return [...types]
    .toSorted(([left, { length: most }], [right, { length: least }]) => least - most || (left < right ? -1 : 1))
    .map(([type, { length }]) => `${length} ${type}`)
    .join(', ');
};

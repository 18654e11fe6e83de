import type { PropertyChange } from '../compare/changes.ts';
import type { WidenedRight } from '../rights/widened.ts';
import { shown } from '../template/canonical.ts';
import { isList, type Value } from '../template/template.ts';
import { isCode } from './counts.ts';
import type { Report } from './report.ts';
import type { JudgedChange, ServiceDiff } from './serviceDiff.ts';

/** “replaced”, with what is not certain about it. */
export const actionOf = ({ action, replacement }: JudgedChange): string => {
  if (action !== 'changed' || replacement === 'no') return action;
  return replacement === 'maybe' ? 'changed, perhaps replaced' : 'changed, replacement unknown';
};

/** `Environment.Variables.X`, `GlobalSecondaryIndexes[email-index].Projection`. */
export const pathOf = ({ path }: PropertyChange): string => path.join('.').replaceAll('.[', '[');

const marks = { no: '', maybe: ' (may replace)', unknown: ' (replacement unknown)', yes: ' (replaces)' };

const most = 200; // characters of a value
const around = 20; // of what is the same before the difference

const cut = (text: string, from = 0): string => {
  const start = from > around ? `…${text.slice(from - around)}` : text;
  return start.length > most ? `${start.slice(0, most)}…` : start;
};

/** Where two texts begin to differ. */
const firstDifference = (left: string, right: string): number => {
  let place = 0;
  while (place < left.length && left[place] === right[place]) place += 1;
  return place;
};

/** What two lists do not share. */
const elements = (before: readonly Value[], after: readonly Value[]): string => {
  const [old, next] = [before.map(shown), after.map(shown)];
  const gone = old.filter((each) => !next.includes(each)).map((each) => `removed: ${cut(each)}`);
  const come = next.filter((each) => !old.includes(each)).map((each) => `added: ${cut(each)}`);
  return [...gone, ...come].join('; ') || 'in another order';
};

const fromTo = ({ before, after }: PropertyChange): string => {
  if (before === undefined) return `added: ${cut(shown(after))}`;
  if (after === undefined) return `removed: ${cut(shown(before))}`;
  if (isList(before) && isList(after)) return elements(before, after);
  const [left, right] = [shown(before), shown(after)];
  if (Math.max(left.length, right.length) <= most) return `${left} → ${right}`;
  const place = firstDifference(left, right);
  return `${cut(left, place)} → ${cut(right, place)}`;
};

/** One changed property in a line. */
export const propertyLine = (change: PropertyChange): string => {
  const mark = marks[change.replacement];
  if (isCode(change)) return `code${mark}`;
  if (change.cause !== undefined) return `${pathOf(change)}: refers to ${change.cause}, which is created anew${mark}`;
  return `${pathOf(change)}: ${fromTo(change)}${mark}`;
};

/** What is lost, and how it is allowed: undefined where nothing is. */
export const lossLine = ({ loss, action, replacement, approval }: JudgedChange, report: Report): string | undefined => {
  if (loss === undefined) return undefined;
  const isCertain = action === 'deleted' || replacement === 'yes';
  const lost = loss.isKept
    ? `${loss.what}: kept in the account, but no longer in the stack`
    : `${isCertain ? 'loses' : 'may lose'} ${loss.what}`;
  if (approval === undefined) return lost;
  return report.missingApprovals.includes(approval) ? `${lost}; needs --approve ${approval}` : `${lost}; approved`;
};

export const rightLine = ({ kind, action, resource, principal, condition }: WidenedRight): string => {
  const who = principal === '' ? '' : ` for ${principal}`;
  const where = resource === '' ? '' : ` on ${resource}`;
  return `${kind}: ${action}${where}${who}${condition === '' ? '' : ` if ${condition}`}`;
};

export const headOf = ({ stage, region, against }: Report): string => {
  const other =
    against.kind === 'deployed' ? 'what is deployed' : `${against.revision} (${against.commit.slice(0, 9)})`;
  return `Stage ${stage} in ${region}: this branch against ${other}`;
};

export const outputLine = ({ outputs }: ServiceDiff): string | undefined =>
  outputs.length === 0 ? undefined : `outputs: ${outputs.map(({ name, action }) => `${name} ${action}`).join(', ')}`;

/** How it ends, and what to type next. */
export const verdictLines = ({ verdict, missingApprovals, services }: Report): string[] => {
  const isApproved = services.some(({ changes }) => changes.some(({ approval }) => approval !== undefined));
  const approval = `--approve ${missingApprovals.join(',')}`;
  if (verdict === 'refused')
    return [
      'Refused: CloudFormation would not carry out what is marked as refused.',
      ...(missingApprovals.length > 0 ? [`Besides, data is at stake. If that is meant: ${approval}`] : []),
    ];
  if (verdict === 'needs approval') return [`Data is at stake. If that is meant: ${approval}`];
  if (verdict === 'no changes') return ['No changes.'];
  return [isApproved ? 'What needs an approval has it.' : 'Nothing in it needs an approval.'];
};

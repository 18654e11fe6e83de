import type { Screen } from '@app/command-line/screen';
import { type Column, renderTable } from '@app/command-line/table';
import type { Fault } from '@app/local-cloud/src/faults/fault.ts';

const columns: readonly Column[] = [
  { heading: 'id' },
  { heading: 'effect' },
  { heading: 'of', isFlexible: true },
  { heading: 'when' },
  { heading: 'hits', align: 'right' },
];

/** What a fault concerns. */
const subjectOf = ({ service, operation, resource, function: name }: Fault) => {
  const words = [service, operation, resource, name && `by ${name}`].filter(Boolean);
  return words.length === 0 ? 'everything' : words.join(' ');
};

const momentOf = ({ moment, calls = 1 }: Fault) =>
  moment === 'between' ? `after ${calls} call${calls === 1 ? '' : 's'}` : moment && `${moment} its calls`;

const conditionsOf = (fault: Fault) => {
  const { share, milliseconds } = fault;
  const words = [
    momentOf(fault),
    milliseconds === undefined ? undefined : `${milliseconds} ms`,
    share === undefined ? undefined : `${Number((share * 100).toFixed(2))} %`,
  ].filter(Boolean);
  return words.length === 0 ? 'always' : words.join(', ');
};

const hitsOf = ({ hits, count }: Fault) => (count === undefined ? String(hits) : `${hits} of ${count}`);

/** Faults with what they concern, and how often they have hit. */
export const renderFaults = (faults: readonly Fault[], screen: Screen): string => {
  if (faults.length === 0) return 'No fault is on.';
  const rows = faults.map((fault) => [
    { text: fault.id },
    { text: fault.effect },
    { text: subjectOf(fault) },
    { text: conditionsOf(fault) },
    { text: hitsOf(fault), style: fault.hits === fault.count ? ('dim' as const) : undefined },
  ]);
  return renderTable(columns, rows, screen);
};

import type { Screen } from '@app/command-line/screen';
import { type Column, renderTable } from '@app/command-line/table';
import type { Outcome, Problem, Report } from './report.ts';

const columns: readonly Column[] = [
  { heading: 'service' },
  { heading: 'outcome' },
  { heading: 'URL' },
  { heading: 'seconds', align: 'right' },
  { heading: 'changed functions', isFlexible: true },
];

type Style = 'green' | 'dim' | 'red' | 'yellow';

const styles: Readonly<Record<Outcome, Style>> = {
  deployed: 'green',
  removed: 'green',
  unchanged: 'dim',
  absent: 'dim',
  failed: 'red',
  'rolled back': 'green',
  interrupted: 'yellow',
  'not started': 'yellow',
};

/** One row, and one more for each further URL. */
const rowsOf = ({ service, outcome, urls: [url = '', ...further], seconds, changed, problem }: Report) => [
  [
    { text: service },
    { text: outcome, style: problem ? 'red' : styles[outcome] },
    { text: url },
    { text: seconds.toFixed(0) },
    { text: changedText(changed) },
  ],
  ...further.map((each) => [{ text: '' }, { text: '' }, { text: each }, { text: '' }, { text: '' }]),
];

const mostNames = 4; // more are a number; --json has them all

const changedText = (changed: readonly string[]) =>
  changed.length > mostNames ? `${changed.length} functions` : changed.join(' ');

const indented = (text: string) => text.replaceAll('\n', '\n  ');

const renderProblem = ({ service, outcome }: Report, { resource, reason, next }: Problem, { paint }: Screen) => {
  const what = resource && `${resource.logicalId} (${resource.type}) ${resource.status}`;
  return [
    paint('red', `${service}: ${what ?? outcome}`),
    `  ${indented(reason || 'no reason was given')}`,
    `  ${paint('bold', 'next:')} ${next}`,
  ].join('\n');
};

/** The one table of a run; below it what failed, why, and what to do about it. */
export const renderSummary = (reports: readonly Report[], screen: Screen): string => {
  const kept = reports.flatMap(({ service, kept: names = [] }) =>
    names.length > 0 ? [`${service} has left: ${names.join(', ')}`] : [],
  );
  const problems = reports.flatMap((report) => (report.problem ? [renderProblem(report, report.problem, screen)] : []));
  return [renderTable(columns, reports.flatMap(rowsOf), screen), ...kept, ...problems].join('\n\n');
};

import type { Screen } from '@app/command-line/screen';
import { type Cell, type Column, renderTable } from '@app/command-line/table';
import { bySeverity, countsOf, isCodeOnly, typesOf } from './counts.ts';
import type { Report } from './report.ts';
import type { JudgedChange, ServiceDiff } from './serviceDiff.ts';
import { actionOf, headOf, lossLine, outputLine, propertyLine, rightLine, verdictLines } from './wording.ts';

const columns: readonly Column[] = [
  { heading: 'RESOURCE' },
  { heading: 'ACTION' },
  { heading: 'TYPE' },
  { heading: 'WHAT', isFlexible: true },
];

const styles = { added: 'green', changed: 'yellow', replaced: 'red', deleted: 'red' } as const;

/** A row for the resource, and one more for each further thing to say of it. */
const rowsOf = (change: JudgedChange, report: Report): Cell[][] => {
  const loss = lossLine(change, report);
  const lines: Cell[] = [
    ...(loss === undefined ? [] : [{ text: loss, style: 'red' as const }]),
    ...change.properties.map((each) => ({ text: propertyLine(each) })),
  ];
  const [first = { text: '' }, ...rest] = lines;
  const head = [{ text: change.id }, { text: actionOf(change), style: styles[change.action] }, { text: change.type }];
  return [[...head, first], ...rest.map((line) => [{ text: '' }, { text: '' }, { text: '' }, line])];
};

const rightRows = ({ rights }: ServiceDiff): Cell[][] =>
  rights.map((right) => [
    { text: right.id },
    { text: 'wider', style: 'yellow' },
    { text: '' },
    { text: rightLine(right) },
  ]);

const refusalRows = ({ refusals }: ServiceDiff): Cell[][] =>
  refusals.map(({ id, rule, message }) => [
    { text: id },
    { text: 'refused', style: 'red' },
    { text: rule },
    { text: message },
  ]);

const newStack = ({ changes, rights }: ServiceDiff): string =>
  `  a new stack: ${typesOf(changes)}; ${rights.length} rights, all new`;

const changedStack = (diff: ServiceDiff, report: Report, screen: Screen): string[] => {
  const code = diff.changes.filter(isCodeOnly).map(({ id }) => id);
  const rows = [
    ...refusalRows(diff),
    ...bySeverity(diff.changes)
      .filter((change) => !isCodeOnly(change))
      .flatMap((change) => rowsOf(change, report)),
    ...rightRows(diff),
  ];
  return [
    ...(code.length > 0 ? [`  code of ${code.join(', ')}`] : []),
    ...(rows.length > 0 ? [renderTable(columns, rows, screen).replaceAll(/^/gm, '  ')] : []),
  ];
};

const sectionOf = (diff: ServiceDiff, report: Report, screen: Screen): string => {
  const indented: Screen = { ...screen, width: screen.width && screen.width - 2 };
  const outputs = diff.isNew ? undefined : outputLine(diff);
  return [
    `${screen.paint('bold', diff.service)}: ${countsOf(diff)}`,
    ...(diff.isNew ? [newStack(diff)] : changedStack(diff, report, indented)),
    ...(outputs === undefined ? [] : [`  ${outputs}`]),
    ...diff.notes.map((note) => `  Note: ${note}`),
  ].join('\n');
};

/** The report for a terminal, or for a file as plain text. */
export const renderTerminal = (report: Report, screen: Screen): string =>
  [
    headOf(report),
    ...report.services.map((diff) => sectionOf(diff, report, screen)),
    [...report.notes.map((note) => `Note: ${note}`), ...verdictLines(report)].join('\n'),
  ].join('\n\n');

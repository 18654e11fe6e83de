import { bySeverity, countsOf, isCodeOnly, typesOf } from './counts.ts';
import type { Report } from './report.ts';
import type { JudgedChange, ServiceDiff } from './serviceDiff.ts';
import { actionOf, headOf, lossLine, outputLine, propertyLine, rightLine, verdictLines } from './wording.ts';

/** Text of a template as text: no markup, and no line of its own. */
const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_{}[\]<>|#~]/g, String.raw`\$&`);

/** Text of a template as code, in which nothing is markup and nobody is mentioned. */
const code = (text: string): string =>
  text === '' ? '' : `\`${text.replaceAll(/\s+/g, ' ').replaceAll('`', '’').replaceAll('|', String.raw`\|`)}\``;

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const table = (headings: readonly string[], rows: readonly string[]): string[] =>
  rows.length === 0 ? [] : ['', `| ${headings.join(' | ')} |`, `|${'---|'.repeat(headings.length)}`, ...rows];

const icons = { added: '➕', changed: '✏️', replaced: '♻️', deleted: '🗑️' } as const;

const changeRows = (change: JudgedChange, report: Report): string[] => {
  const loss = lossLine(change, report);
  const lines = [
    ...(loss === undefined ? [] : [`⚠️ ${plain(loss)}`]),
    ...change.properties.map((each) => code(propertyLine(each))),
  ];
  const [first = '', ...rest] = lines;
  const head = row(`${icons[change.action]} ${actionOf(change)}`, code(change.id), code(change.type), first);
  return [head, ...rest.map((line) => row('', '', '', line))];
};

const newStack = ({ changes, rights }: ServiceDiff): string[] => [
  '',
  plain(`A new stack: ${typesOf(changes)}; ${rights.length} rights, all new.`),
];

const changedStack = (diff: ServiceDiff, report: Report): string[] => {
  const functions = diff.changes.filter(isCodeOnly).map(({ id }) => code(id));
  const changes = bySeverity(diff.changes).filter((change) => !isCodeOnly(change));
  const refusals = diff.refusals.map(({ id, rule, message }) => row(code(id), rule, plain(message)));
  return [
    ...table(['⛔ Refused', 'Rule', 'Why'], refusals),
    ...(functions.length > 0 ? ['', `Code of ${functions.join(', ')}`] : []),
    ...table(
      ['Action', 'Resource', 'Type', 'What'],
      changes.flatMap((change) => changeRows(change, report)),
    ),
    ...table(
      ['Rights that widen', 'What'],
      diff.rights.map((right) => row(code(right.id), code(rightLine(right)))),
    ),
  ];
};

const sectionOf = (diff: ServiceDiff, report: Report): string => {
  const outputs = diff.isNew ? undefined : outputLine(diff);
  return [
    `### ${diff.service}: ${countsOf(diff)}`,
    ...(diff.isNew ? newStack(diff) : changedStack(diff, report)),
    ...(outputs === undefined ? [] : ['', plain(outputs)]),
    ...diff.notes.flatMap((note) => ['', `Note: ${plain(note)}`]),
  ].join('\n');
};

const verdict = (report: Report): string[] => verdictLines(report).map((line) => `**${plain(line)}**`);

/** The report for a pull request. */
export const renderMarkdown = (report: Report): string =>
  [
    `## ${plain(headOf(report))}`,
    ...verdict(report),
    ...report.services.map((diff) => sectionOf(diff, report)),
    ...report.notes.map((note) => `Note: ${plain(note)}`),
  ].join('\n\n');

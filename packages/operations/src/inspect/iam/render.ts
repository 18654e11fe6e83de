import type { Screen } from '@app/command-line/screen';
import { type Cell, type Column, renderTable } from '@app/command-line/table';
import type { GrantedRight, UsedRight } from '@app/local-cloud/src/iam/ledger.ts';

/** A function's rights as the local cloud tells them. */
export interface FunctionRights {
  /** `items:createItem`. */
  readonly function: string;
  /** As it is deployed: `items-dev-createItem`. */
  readonly name: string;
  readonly used: readonly UsedRight[];
  readonly granted: readonly GrantedRight[];
}

const cell = (text: string | number): Cell => ({ text: String(text) });
const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

const listColumns: readonly Column[] = [
  { heading: 'function' },
  { heading: 'rights', align: 'right' },
  { heading: 'used', align: 'right' },
  { heading: 'calls not allowed', align: 'right' },
];

/** All functions, with how many of their rights were used. */
export const renderFunctions = (functions: readonly FunctionRights[], screen: Screen): string => {
  const rows = functions.map(({ function: name, used, granted }) => {
    const refused = sum(used.filter(({ effect }) => effect !== 'allowed').map(({ calls }) => calls));
    return [
      cell(name),
      cell(granted.length),
      cell(granted.filter(({ isUsed }) => isUsed).length),
      refused === 0 ? cell('') : { text: String(refused), style: 'red' as const },
    ];
  });
  return renderTable(listColumns, rows, screen);
};

const words = {
  allowed: 'allowed',
  denied: 'denied by a statement',
  unspoken: 'not allowed by any statement',
} as const;

const calledColumns: readonly Column[] = [
  { heading: 'called' },
  { heading: 'on', isFlexible: true },
  { heading: 'calls', align: 'right' },
  { heading: '' },
];
const mayColumns: readonly Column[] = [{ heading: 'may call' }, { heading: 'on', isFlexible: true }, { heading: '' }];

/** What a function called, and below that what it may. */
export const renderFunction = (rights: FunctionRights, screen: Screen): string => {
  const called = rights.used.map(({ action, arn, calls, effect }) => [
    cell(action),
    cell(arn),
    cell(calls),
    { text: words[effect], style: effect === 'allowed' ? ('green' as const) : ('red' as const) },
  ]);
  const may = rights.granted.map(({ action, resource, isUsed }) => [
    cell(action),
    cell(resource),
    { text: isUsed ? 'used' : 'not used yet', style: isUsed ? ('green' as const) : ('yellow' as const) },
  ]);
  return [
    `${rights.function}, deployed as ${rights.name}`,
    called.length === 0 ? 'It has called nothing yet.' : renderTable(calledColumns, called, screen),
    may.length === 0 ? 'It may call nothing.' : renderTable(mayColumns, may, screen),
  ].join('\n\n');
};

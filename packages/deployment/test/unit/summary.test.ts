import { plain } from '@app/command-line/colour';
import { describe, expect, it } from '@jest/globals';
import { renderSummary } from '../../src/summary/render.ts';
import { hasFailed, type Report } from '../../src/summary/report.ts';

const screen = { paint: plain, width: undefined };
const notes: Report = {
  service: 'notes',
  outcome: 'deployed',
  urls: ['https://a.example'],
  seconds: 12.4,
  changed: ['getNote', 'listNotes'],
};
const items: Report = {
  service: 'items',
  outcome: 'rolled back',
  urls: ['https://b.example', 'wss://c.example'],
  seconds: 31,
  changed: [],
  problem: {
    resource: { logicalId: 'ItemsTable', type: 'AWS::DynamoDB::Table', status: 'CREATE_FAILED', reason: 'x' },
    reason: 'items-dev already exists',
    next: 'pnpm run adopt --stage dev --service items',
  },
};

describe('the summary', () => {
  it('has a row for each service: outcome, URL, seconds, changed functions', () => {
    const [headings, row] = renderSummary([notes], screen).split('\n');

    expect(headings).toMatch(/^service +outcome +URL +seconds +changed functions$/);
    expect(row).toMatch(/^notes +deployed +https:\/\/a\.example +12 +getNote listNotes$/);
  });

  it('has a further row for each further URL', () => {
    expect(renderSummary([{ ...items, problem: undefined }], screen).split('\n')[2]).toMatch(/^ +wss:\/\/c\.example$/);
  });

  it('counts functions where they would fill the line', () => {
    const changed = ['a', 'b', 'c', 'd', 'e'];

    expect(renderSummary([{ ...notes, changed }], screen)).toContain('5 functions');
  });

  it('says which resource failed, why, and what to do next', () => {
    const text = renderSummary([notes, items], screen);

    expect(text).toContain('items: ItemsTable (AWS::DynamoDB::Table) CREATE_FAILED');
    expect(text).toContain('  items-dev already exists');
    expect(text).toContain('next: pnpm run adopt --stage dev --service items');
    expect(text).not.toContain('notes:');
  });

  it('names what a removal has left', () => {
    const removed: Report = { ...notes, outcome: 'removed', kept: ['notes-prod'] };

    expect(renderSummary([removed], screen)).toContain('notes has left: notes-prod');
  });

  it('counts as failed what has a problem, and what was not begun', () => {
    expect(hasFailed(notes)).toBe(false);
    expect(hasFailed(items)).toBe(true);
    expect(hasFailed({ ...notes, outcome: 'not started' })).toBe(true);
  });
});

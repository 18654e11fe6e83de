import { describe, expect, it } from '@jest/globals';
import { renderReport } from '../../src/cloud/report.ts';
import { describeTaken } from '../../src/process/portCheck.ts';

describe('renderReport', () => {
  it('tells the time it took, every URL, the engine and where data lives', () => {
    const report = renderReport({
      gateway: 'http://127.0.0.1:3000',
      services: [{ name: 'notes', url: 'http://127.0.0.1:3001', paths: ['/notes'] }],
      dynamodb: { endpoint: 'http://127.0.0.1:8000', label: 'dynoxide 1.2.1' },
      data: '.local',
      milliseconds: 1649,
    });

    expect(report).toContain('ready after 1.6 s');
    expect(report).toMatch(/^ {2}notes {5}http:\/\/127\.0\.0\.1:3001 {2}http:\/\/127\.0\.0\.1:3000\/notes$/m);
    expect(report).toMatch(/^ {2}dynamodb {2}http:\/\/127\.0\.0\.1:8000 {2}dynoxide 1\.2\.1$/m);
    expect(report).toContain('Data: .local');
  });
});

describe('describeTaken', () => {
  it('names each port, what it is for, and how to see who holds it', () => {
    const text = describeTaken([{ port: 3001, purpose: 'notes' }]);

    expect(text).toContain('Port 3001, which is for notes, is taken');
    expect(text).toContain('lsof -i :3001');
    expect(text).toContain('ss -ltnp');
  });
});

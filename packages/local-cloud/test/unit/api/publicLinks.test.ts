import { describe, expect, it } from '@jest/globals';
import { createPublicLinks } from '../../../src/apigateway/http/publicLinks.ts';

const endpoint = 'http://127.0.0.1:9000';
const answer = (text: string) => ({ status: 200, headers: {}, body: Buffer.from(text) });
const allowedHosts = ['box.example', 'other'];
const shown = (text: string, host: string | undefined) =>
  createPublicLinks({ allowedHosts, endpoint })(answer(text), host).body.toString();

const link = `{"url":"${endpoint}/assets-dev/a%20b?X-Amz-Signature=1","again":"${endpoint}/é"}`;

describe('a link to an object', () => {
  it.each([
    ['box.example', 'box.example'],
    ['box.example:3000', 'box.example'],
    ['BOX.example:3000', 'box.example'],
    ['other', 'other'],
  ])('names the allowed host that the caller came by: %s', (host, name) => {
    expect(shown(link, host)).toBe(link.replaceAll('127.0.0.1', name));
  });

  it.each([['localhost:3000'], ['127.0.0.1:3000'], ['[::1]:3000'], ['box.example.evil.example'], [undefined]])(
    'stays as it is for a caller who came by %s',
    (host) => {
      expect(shown(link, host)).toBe(link);
    },
  );

  it('stays as it is where there is no S3, and no other address is touched', () => {
    const without = createPublicLinks({ allowedHosts, endpoint: undefined })(answer(link), 'box.example');

    expect(without.body.toString()).toBe(link);
    expect(shown('http://127.0.0.1:90001/', 'box.example')).toBe('http://127.0.0.1:90001/');
  });
});

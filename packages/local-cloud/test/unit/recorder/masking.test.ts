import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { bodyText, headerAttributes, hide, masked } from '../../../src/recorder/masking.ts';

const secret = 'hunter2-hunter2-hunter2';
const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJlLXNpZ25hdHVyZQ';
const limit = 64 * 1024; // characters of a body

/** A place that a secret stands in, and what is kept of it. */
type Place = readonly [place: string, text: (value: string) => string];

const json = (value: unknown) => JSON.stringify(value);

const maskedPlaces: readonly Place[] = [
  ['a password in JSON', (value) => json({ user: 'ann', password: value })],
  ['a password in JSON, named in camel case', (value) => json({ newPasswordAgain: value })],
  ['a secret in JSON', (value) => json({ clientSecret: value })],
  ['a token in JSON', (value) => json({ accessToken: value })],
  ['a refresh token as OAuth names it', (value) => json({ refresh_token: value })],
  ['a header Authorization in JSON', (value) => json({ headers: { Authorization: value } })],
  ['a header Cookie in JSON', (value) => json({ headers: { cookie: value } })],
  ['a signature in JSON', (value) => json({ signature: value })],
  ['an access key in JSON', (value) => json({ secretAccessKey: value })],
  ['an API key in JSON', (value) => json({ apiKey: value })],
  ['JSON with spaces', (value) => `{ "password" : ${json(value)} }`],
  ['JSON on lines', (value) => JSON.stringify({ password: value }, null, 2)],
  ['an attribute of DynamoDB', (value) => json({ Item: { id: { S: '1' }, password: { S: value } } })],
  ['an attribute of DynamoDB named as a token', (value) => json({ Item: { resetToken: { S: value } } })],
  ['the first parameter of a query', (value) => `GET /x?access_token=${encodeURIComponent(value)} HTTP/1.1`],
  ['a later parameter of a query', (value) => `/x?a=b&token=${encodeURIComponent(value)}&c=d`],
  ['a code of OAuth', (value) => `/callback?code=${encodeURIComponent(value)}&state=1`],
  ['a presigned URL’s signature', (value) => `http://127.0.0.1/b/k?X-Amz-Signature=${encodeURIComponent(value)}`],
  ['a presigned URL’s token', (value) => `http://127.0.0.1/b/k?x-amz-security-token=${encodeURIComponent(value)}`],
  [
    'a presigned URL within JSON',
    (value) => json({ url: `http://b/k?a=1&X-Amz-Signature=${encodeURIComponent(value)}` }),
  ],
];

/** Words that no text around a secret has. */
const secrets = fc.stringMatching(/^[A-Za-z\d]{8}[ -~]{0,40}$/).map((text) => `Zq${text.trim()}`);
const words = fc.string({ maxLength: 30 });

describe('what is kept', () => {
  it.each(maskedPlaces)('does not have the secret in %s', (_place, text) => {
    const kept = masked(text(secret));

    expect(kept).not.toContain(secret);
    expect(kept).toContain('***');
  });

  it('has no secret, whatever it is and whatever stands around it', () => {
    const places = fc.constantFrom(...maskedPlaces.map(([, text]) => text));
    fc.assert(
      fc.property(places, secrets, words, words, (text, value, before, after) => {
        const whole = `${before.replaceAll('"', '')} ${text(value)} ${after}`;

        const kept = masked(whole);

        for (const shape of [value, json(value).slice(1, -1), encodeURIComponent(value)])
          expect(kept).not.toContain(shape);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['a log line', `verified ${token} for ann`],
    ['JSON under a harmless name', json({ value: token })],
    ['JSON within JSON', json({ body: json({ value: token }) })],
    ['a query under a harmless name', `/x?jwt=${token}&a=b`],
    ['an Authorization line', `authorization: Bearer ${token}`],
  ])('does not have a JSON Web Token in %s', (_place, text) => {
    const kept = masked(text);

    expect(kept).not.toContain(token);
    expect(kept).not.toContain('c2lnbmF0dXJl');
  });

  it.each([['Bearer'], ['Basic']])('does not have what follows %s in a log line', (scheme) => {
    expect(masked(`sent Authorization: ${scheme} ${secret} to the other side`)).toBe(
      `sent Authorization: ${scheme} *** to the other side`,
    );
    expect(masked(`sent ${scheme} ${secret} to the other side`)).toBe(`sent ${scheme} *** to the other side`);
  });

  it.each([
    ['nothing to hide', 'The item 7 was created.'],
    ['words of secrets, and none of them', 'The token has expired; the password is too short, and the cookie is gone.'],
    ['members that are named for no secret', json({ tokenize: true, key: 'items/7', author: 'ann', nextPage: 'abc' })],
    ['a query without secrets', '/items?limit=10&status=open'],
    ['what only begins as a token does', 'eyJ is how tokens begin. See eyJhbGci.'],
  ])('is the same text, with %s', (_what, text) => {
    expect(masked(text)).toBe(text);
  });

  it('has all that stands around a secret', () => {
    expect(masked(json({ user: 'ann', password: 'a"b\\', role: 'admin' }))).toBe(
      '{"user":"ann","password":"***","role":"admin"}',
    );
    expect(masked('/x?a=1&token=abc&b=2#there')).toBe('/x?a=1&token=***&b=2#there');
  });

  it('hides no more the second time', () => {
    fc.assert(
      fc.property(fc.constantFrom(...maskedPlaces.map(([, text]) => text)), secrets, (text, value) => {
        const once = masked(text(value));

        expect(masked(once)).toBe(once);
      }),
    );
  });

  it.each<Place>([
    ['JSON within JSON, as a message’s body is', (value) => json({ MessageBody: json({ password: value }) })],
    ['JSON within JSON within JSON', (value) => json({ MessageBody: json({ body: json({ password: value }) }) })],
    ['a map of DynamoDB', (value) => json({ Item: { credentials: { M: { key: { S: value } } } } })],
    ['an object that is named for secrets', (value) => json({ secret: { value } })],
    ['a name that goes on behind the word', (value) => json({ tokenValue: value })],
    ['a header set-cookie in JSON', (value) => json({ 'set-cookie': value })],
    ['the cookies of an HTTP API’s event', (value) => json({ version: '2.0', cookies: [`sid=${value}`] })],
    ['a header x-api-key in JSON', (value) => json({ 'x-api-key': value })],
    ['an API key with an underscore', (value) => json({ api_key: value })],
    ['a header x-amz-security-token in JSON', (value) => json({ 'x-amz-security-token': value })],
    ['a binary attribute of DynamoDB', (value) => json({ Item: { password: { B: value } } })],
    ['a set of DynamoDB', (value) => json({ Item: { passwords: { SS: [value] } } })],
    ['a list of tokens', (value) => json({ tokens: [value] })],
    ['DynamoDB-JSON on lines', (value) => JSON.stringify({ Item: { password: { S: value } } }, null, 2)],
    ['a parameter of a query named password', (value) => `/login?user=ann&password=${value}`],
    ['a parameter of a query named refresh_token', (value) => `/x?refresh_token=${value}`],
    ['a Bearer in lower case', (value) => `authorization: bearer ${value}`],
    ['an Authorization of AWS', (value) => `Authorization: AWS4-HMAC-SHA256 Credential=a/b, Signature=${value}`],
    ['a Cookie line', (value) => `Cookie: sid=${value}`],
    ['an object as Node prints it', (value) => `{ user: 'ann', password: '${value}' }`],
  ])('does not have the secret in %s, either', (_place, text) => {
    expect(masked(text(secret))).not.toContain(secret);
  });

  it('has no password that is a number', () => {
    expect(masked('{"password":12345678,"a":1}')).not.toContain('12345678');
  });

  /** What makes expressions go back and forth. */
  it.each([
    ['quotation marks', '"'],
    ['beginnings of members', '"password":'],
    ['beginnings of names', '"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaatoken'],
    ['words of secrets', 'passwordsecrettokencookie'],
    ['values without an end', '"password":"\\\\'],
    ['schemes', 'Bearer '],
    ['a scheme and white space', 'Bearer \n\n\n\n'],
    ['parameters', '?code='],
    ['beginnings of tokens', 'eyJ-'],
    ['tokens that lack a part', 'eyJabcd.eyJabcd'],
    ['spaces', '"token"    :    '],
  ])('is told from 1 MB of %s in time that grows as the text does', (_what, text) => {
    const timeFor = (characters: number) => {
      const hostile = `token ${text.repeat(Math.ceil(characters / text.length))}`;
      const begun = performance.now();
      masked(hostile);
      return performance.now() - begun;
    };
    timeFor(4096);
    const shorter = timeFor(32 * 1024);

    // Time of the square would be 16 times as much, and minutes for 1 MB: that is tried only of what grows with the text.
    const longer = timeFor(128 * 1024);
    expect(longer).toBeLessThan(Math.max(100, 10 * shorter));
    expect(timeFor(1024 * 1024)).toBeLessThan(2000);
  });
});

describe('a body', () => {
  it.each([
    ['JSON', 'application/json'],
    ['JSON with a charset', 'application/json; charset=utf-8'],
    ['a problem', 'application/problem+json'],
    ['AWS’s JSON', 'application/x-amz-json-1.0'],
    ['a form', 'application/x-www-form-urlencoded'],
    ['XML', 'application/xml'],
    ['text', 'text/plain'],
    ['of no type', undefined],
  ])('is kept as text when it is %s', (_what, contentType) => {
    expect(bodyText('{"a":"ä"}', contentType)).toBe('{"a":"ä"}');
    expect(bodyText(Buffer.from('{"a":"ä"}'), contentType)).toBe('{"a":"ä"}');
  });

  it.each([
    ['an image', 'image/png'],
    ['an upload', 'multipart/form-data; boundary=x'],
    ['bytes', 'application/octet-stream'],
    ['a PDF', 'application/pdf'],
  ])('is told by its size and type when it is %s', (_what, contentType) => {
    expect(bodyText(Buffer.from(secret), contentType)).toBe(`(${secret.length} bytes of ${contentType})`);
  });

  it.each([[undefined], [''], [Buffer.alloc(0)]])('is not told of when it is empty: %j', (body) => {
    expect(bodyText(body)).toBeUndefined();
  });

  it('is kept whole up to 64 KB', () => {
    expect(bodyText('a'.repeat(limit))).toBe('a'.repeat(limit));
  });

  it.each([
    ['text', 'a'.repeat(limit + 1)],
    ['bytes', Buffer.from('a'.repeat(limit + 1))],
  ])('is cut at 64 KB when it comes as %s, and says so', (_what, body) => {
    expect(bodyText(body)).toBe(`${'a'.repeat(limit)} … (cut at 64 KB)`);
  });

  it('has no secret that the cut goes through', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), (short) => {
        const before = `{"filler":"${'x'.repeat(limit - 11 - short)}","password":"`;

        const kept = bodyText(`${before}${'Zq'.repeat(200)}"}`) ?? '';

        expect(kept).not.toContain('Zq');
        expect(kept.length).toBeLessThan(limit + 100);
      }),
    );
  });

  it('has no signature of a token that the cut goes through', () => {
    const kept = bodyText(`${'x'.repeat(limit - token.length + 6)} ${token}`) ?? '';

    expect(kept).not.toContain(token.slice(-40, -7));
  });

  it.each([
    ['first', `token=${secret}&a=b`],
    ['later', `a=b&token=${secret}`],
  ])('has no token that is the %s field of a form', (_place, body) => {
    expect(bodyText(body, 'application/x-www-form-urlencoded')).not.toContain(secret);
  });

  it.each([['password'], ['client_secret']])('has no %s of a form', (field) => {
    expect(bodyText(`a=b&${field}=${secret}`, 'application/x-www-form-urlencoded')).not.toContain(secret);
  });
});

describe('a header field as an attribute', () => {
  it.each([
    ['authorization'],
    ['Authorization'],
    ['proxy-authorization'],
    ['cookie'],
    ['Set-Cookie'],
    ['x-api-key'],
    ['X-Amz-Security-Token'],
  ])('has nothing of the value of %s', (name) => {
    expect(headerAttributes('http.request.header', { [name]: secret })).toEqual({
      [`http.request.header.${name.toLowerCase()}`]: '***',
    });
    expect(headerAttributes('http.request.header', { [name]: [secret, secret] })).toEqual({
      [`http.request.header.${name.toLowerCase()}`]: '***',
    });
  });

  it.each([
    ['x-auth-token'],
    ['x-access-token'],
    ['x-csrf-token'],
    ['x-amz-signature'],
    ['api-key'],
    ['authentication-info'],
  ])('has nothing of the value of %s, either', (name) => {
    expect(JSON.stringify(headerAttributes('http.request.header', { [name]: secret }))).not.toContain(secret);
  });

  it('has no secret of a link', () => {
    const referer = `http://localhost:3000/x?a=1&access_token=${secret}`;

    expect(headerAttributes('http.request.header', { referer })).toEqual({
      'http.request.header.referer': 'http://localhost:3000/x?a=1&access_token=***',
    });
  });

  it('is named in lower case, joined where there are several, and left out where there is none', () => {
    expect(
      headerAttributes('http.response.header', { 'Content-Length': 7, vary: ['origin', 'accept'], etag: undefined }),
    ).toEqual({ 'http.response.header.content-length': '7', 'http.response.header.vary': 'origin, accept' });
  });
});

describe('a value that is known to be secret', () => {
  it('is masked wherever it stands, in JSON too, whatever it is called', () => {
    hide('correct "horse" battery');

    expect(masked('signs with correct "horse" battery')).toBe('signs with ***');
    expect(masked(JSON.stringify({ note: 'correct "horse" battery' }))).toBe('{"note":"***"}');
  });

  it('is left where it is too short to be told from other words', () => {
    hide('note');

    expect(masked('the note is there')).toBe('the note is there');
  });
});

/** Bytes that no server should trip over, one for each character: what is not HTTP, not WebSocket, or neither of AWS's protocols. */
export interface Broken {
  readonly name: string;
  readonly bytes: Buffer;
}

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const lines = (...each: string[]) => latin1([...each, '', ''].join('\r\n'));

/** The same numbers in every run. */
const createRandom = (seed: number) => () => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
};
const noise = (seed: number, length: number) => {
  const random = createRandom(seed);
  const bytes = Buffer.alloc(length);
  for (let index = 0; index < length; index += 1) bytes[index] = Math.floor(random() * 256);
  return bytes;
};

const host = 'Host: localhost';
const requestLines = [
  'GET',
  'GET /',
  'GET  / HTTP/1.1',
  'GET / HTTP/9.9',
  'GET / HTTP/1.1 more',
  'get / http/1.1',
  'G\u0000T / HTTP/1.1',
  'GET /\u0000 HTTP/1.1',
  'GET /é HTTP/1.1',
  'GET \\ HTTP/1.1',
  'GET ? HTTP/1.1',
  'GET # HTTP/1.1',
  'GET //// HTTP/1.1',
  'GET //evil.example/x HTTP/1.1',
  'GET /../../../etc/passwd HTTP/1.1',
  'GET /..%2f..%2f..%2fetc%2fpasswd HTTP/1.1',
  'GET /%zz HTTP/1.1',
  'GET /% HTTP/1.1',
  'GET /%ff%fe HTTP/1.1',
  'GET /%00 HTTP/1.1',
  'GET /%c0%af HTTP/1.1',
  'GET /?%zz=%zz HTTP/1.1',
  'GET /?a=%ff&b HTTP/1.1',
  'GET http:// HTTP/1.1',
  'GET http://[ HTTP/1.1',
  'GET http://[::1/ HTTP/1.1',
  'GET http://localhost:99999/ HTTP/1.1',
  'GET http://user:pass@localhost/ HTTP/1.1',
  'GET https://evil.example/ HTTP/1.1',
  'GET ftp://localhost/ HTTP/1.1',
  'GET javascript:alert(1) HTTP/1.1',
  'OPTIONS * HTTP/1.1',
  'GET * HTTP/1.1',
  'CONNECT localhost:80 HTTP/1.1',
  'CONNECT / HTTP/1.1',
  'TRACE / HTTP/1.1',
  'PURGE / HTTP/1.1',
  'PRI * HTTP/2.0',
  'M-SEARCH * HTTP/1.1',
  'SOURCE / ICE/1.0',
  `GET /${'a'.repeat(70_000)} HTTP/1.1`,
  `GET /?${'a=b&'.repeat(3000)} HTTP/1.1`,
  `${'X'.repeat(100_000)} / HTTP/1.1`,
].map((line) => ({ name: `request line ${JSON.stringify(line.slice(0, 40))}`, bytes: lines(line, host) }));

const fields = [
  'no colon',
  ': no name',
  'a b: c',
  'name : space',
  'nul: a\u0000b',
  'cr: a\rb',
  `long: ${'a'.repeat(100_000)}`,
  ' folded: first',
  'folded: a\r\n b',
  'Host: localhost',
  'Host: a b<>',
  'Host: [',
  'Host: [::1',
  'Host: localhost:99999999',
  'Host: ',
  'Host: evil.example',
  'Origin: null',
  'Origin: https://evil.example',
  'Origin: ://',
  'Origin: ï¿½',
  'Sec-Fetch-Site: cross-site',
  'Content-Length: -1',
  'Content-Length: +5',
  'Content-Length: 1e3',
  'Content-Length: 99999999999999999999',
  'Content-Length: 5\r\nContent-Length: 6',
  'Content-Length: 5\r\nTransfer-Encoding: chunked',
  'Transfer-Encoding: gzip',
  'Transfer-Encoding: chunked, chunked',
  'Transfer-Encoding:\u000bchunked',
  'Expect: wonders',
  'Expect: 100-continue\r\nContent-Length: 10',
  'Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: !!!',
  'Upgrade: \r\nConnection: Upgrade',
  'Upgrade: websocket',
  'Connection: close, close, upgrade',
  'Cookie: =;;;={"a":[}',
  'Range: bytes=9-1,2-,-',
  'Authorization: AWS4-HMAC-SHA256 Credential=',
  'Authorization: AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=;, Signature=',
  'Content-Type: ;;;',
  'X-Amz-Target: nonsense',
  'X-Amz-Target: DynamoDB_20120810.__proto__',
  'X-Amz-Invocation-Type: constructor',
  'x-amz-content-sha256: STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
  ...Array.from({ length: 4 }, (_, power) =>
    Array.from({ length: 10 ** power }, (_each, index) => `x-${index}: 1`).join('\r\n'),
  ),
].map((field) => ({
  name: `field ${JSON.stringify(field.slice(0, 40))}`,
  bytes: lines('GET / HTTP/1.1', host, field),
}));

const post = (type: string, body: string | Buffer, ...more: string[]) => {
  const bytes = typeof body === 'string' ? latin1(body) : body;
  return Buffer.concat([
    lines('POST / HTTP/1.1', host, `Content-Type: ${type}`, `Content-Length: ${bytes.length}`, ...more),
    bytes,
  ]);
};
const json = 'application/x-amz-json-1.0';
const target = (name: string) => `X-Amz-Target: ${name}`;
const bodies: [string, Buffer][] = [
  ['JSON cut off', post(json, '{"a":', target('DynamoDB_20120810.GetItem'))],
  ['JSON of another shape', post(json, '[[]]', target('DynamoDB_20120810.PutItem'))],
  ['JSON that is deep', post(json, '['.repeat(50_000), target('DynamoDB_20120810.ListTables'))],
  ['JSON of SQS cut off', post(json, '{"QueueUrl":', target('AmazonSQS.SendMessage'))],
  ['JSON of SQS without members', post(json, '{}', target('AmazonSQS.ReceiveMessage'))],
  ['JSON of SQS of other types', post(json, '{"QueueUrl":{"a":1},"MessageBody":[]}', target('AmazonSQS.SendMessage'))],
  ['JSON of SQS for no queue', post(json, '{"QueueUrl":"http://evil.example/1/x"}', target('AmazonSQS.DeleteMessage'))],
  ['JSON of no text', post(json, noise(7, 500), target('AmazonSQS.ListQueues'))],
  ['a form cut off', post('application/x-www-form-urlencoded', 'Action=%')],
  ['a form without an action', post('application/x-www-form-urlencoded', '&&==&')],
  ['a form of another action', post('application/x-www-form-urlencoded', 'Action=constructor')],
  ['a multipart form without a boundary', post('multipart/form-data', 'x')],
  [
    'a multipart form that does not end',
    post('multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="key"\r\n\r\n../../x'),
  ],
  ['XML cut off', post('application/xml', '<Delete><Object><Key>')],
  ['XML that refers to itself', post('application/xml', '<!DOCTYPE a [<!ENTITY b "&b;&b;">]><a>&b;</a>')],
  ['a megabyte of noise', post('application/octet-stream', noise(8, 1_000_000))],
  ['a body that does not come', lines('POST / HTTP/1.1', host, 'Content-Length: 1000')],
  [
    'a chunk without its length',
    Buffer.concat([lines('POST / HTTP/1.1', host, 'Transfer-Encoding: chunked'), latin1('zz\r\n')]),
  ],
  [
    'a chunk that is too long',
    Buffer.concat([lines('POST / HTTP/1.1', host, 'Transfer-Encoding: chunked'), latin1('ffffffffffffffff\r\nx')]),
  ],
  [
    'a chunk extension without an end',
    Buffer.concat([lines('POST / HTTP/1.1', host, 'Transfer-Encoding: chunked'), latin1(`1;${'a'.repeat(50_000)}`)]),
  ],
  [
    'a chunk that is cut off',
    Buffer.concat([lines('POST / HTTP/1.1', host, 'Transfer-Encoding: chunked'), latin1('5\r\nab')]),
  ],
];

const upgrade = (...more: string[]) =>
  lines('GET /ws HTTP/1.1', host, 'Connection: Upgrade', 'Upgrade: websocket', ...more);
const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';
const version = 'Sec-WebSocket-Version: 13';
const handshakes: [string, Buffer][] = [
  ['no key', upgrade(version)],
  ['a key that is none', upgrade('Sec-WebSocket-Key: short', version)],
  ['another version', upgrade(key, 'Sec-WebSocket-Version: 99')],
  ['no version', upgrade(key)],
  ['an extension that is none', upgrade(key, version, 'Sec-WebSocket-Extensions: ;;="')],
  ['a protocol that is none', upgrade(key, version, 'Sec-WebSocket-Protocol: ,,')],
  ['two of everything', upgrade(key, key, version, version)],
];

const opened = upgrade(key, version);
const frame = (...bytes: number[]) => Buffer.from(bytes);
const masked = [0, 0, 0, 0];
const frames: [string, Buffer][] = [
  ['unmasked', frame(0x81, 0x02, 0x68, 0x69)],
  ['of a reserved bit', frame(0xc1, 0x80, ...masked)],
  ['of two reserved bits', frame(0xb1, 0x80, ...masked)],
  ['of opcode 3', frame(0x83, 0x80, ...masked)],
  ['of opcode 15', frame(0x8f, 0x80, ...masked)],
  ['of text that is not UTF-8', frame(0x81, 0x82, ...masked, 0xc3, 0x28)],
  ['of a surrogate', frame(0x81, 0x83, ...masked, 0xed, 0xa0, 0x80)],
  ['of bytes', frame(0x82, 0x81, ...masked, 0x00)],
  ['that is a ping of 126 bytes', Buffer.concat([frame(0x89, 0xfe, 0x00, 0x7e, ...masked), Buffer.alloc(126)])],
  ['that is a fragmented ping', frame(0x09, 0x80, ...masked)],
  ['that goes on with nothing', frame(0x80, 0x80, ...masked)],
  ['that begins again while one is open', frame(0x01, 0x80, ...masked, 0x01, 0x80, ...masked)],
  ['that closes with one byte', frame(0x88, 0x81, ...masked, 0x03)],
  ['that closes with code 999', frame(0x88, 0x82, ...masked, 0x03, 0xe7)],
  ['that closes with a reason of no text', frame(0x88, 0x84, ...masked, 0x03, 0xe8, 0xff, 0xfe)],
  ['that closes twice', frame(0x88, 0x80, ...masked, 0x88, 0x80, ...masked)],
  ['of 2^63 bytes', frame(0x81, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, ...masked)],
  ['of 2^53 bytes', frame(0x81, 0xff, 0, 0x20, 0, 0, 0, 0, 0, 0, ...masked)],
  ['of 200 MB', frame(0x81, 0xff, 0, 0, 0, 0, 0x0b, 0xeb, 0xc2, 0x00, ...masked)],
  [
    'of 129 KB',
    Buffer.concat([frame(0x81, 0xff, 0, 0, 0, 0, 0, 0x02, 0x04, 0x00, ...masked), Buffer.alloc(0x20400, 0x20)]),
  ],
  ['that is cut off in its head', frame(0x81, 0xfe)],
  ['that is cut off in its mask', frame(0x81, 0x85, 0, 0)],
];

const others: [string, Buffer][] = [
  ['nothing', Buffer.alloc(0)],
  ['a NUL', Buffer.alloc(1)],
  ['line ends', latin1('\r\n\r\n\r\n\n\n')],
  [
    'a TLS hello',
    Buffer.concat([frame(0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03), noise(1, 500)]),
  ],
  ['HTTP/2 with prior knowledge', latin1('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0')],
  ['an answer in place of a request', lines('HTTP/1.1 200 OK', 'Content-Length: 0')],
  ['bare line feeds', latin1('GET / HTTP/1.1\nHost: localhost\n\n')],
  ['no Host', lines('GET / HTTP/1.1')],
  ['HTTP/1.0 without Host', lines('GET / HTTP/1.0')],
  ['a request, then noise', Buffer.concat([lines('GET / HTTP/1.1', host), noise(2, 2000)])],
  ['a head that does not end', latin1('GET / HTTP/1.1\r\nHost: localhost\r\nx: ')],
  ['SSH', latin1('SSH-2.0-OpenSSH_9.2\r\n')],
  ['Redis', latin1('*1\r\n$4\r\nPING\r\n')],
  ['SOCKS', frame(0x05, 0x01, 0x00)],
];

export const brokenBytes: readonly Broken[] = [
  ...requestLines,
  ...fields,
  ...bodies.map(([name, bytes]) => ({ name, bytes })),
  ...handshakes.map(([name, bytes]) => ({ name: `a handshake with ${name}`, bytes })),
  ...frames.map(([name, bytes]) => ({ name: `a frame ${name}`, bytes: Buffer.concat([opened, bytes]) })),
  ...Array.from({ length: 20 }, (_, seed) => ({
    name: `a frame of noise ${seed}`,
    bytes: Buffer.concat([opened, noise(100 + seed, 200)]),
  })),
  ...others.map(([name, bytes]) => ({ name, bytes })),
  ...Array.from({ length: 40 }, (_, seed) => ({ name: `noise ${seed}`, bytes: noise(1000 + seed, 20 + seed * 50) })),
];

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

interface Package {
  readonly manifest: { readonly name: string; readonly version: string; readonly [member: string]: unknown };
  readonly files: Readonly<Record<string, Buffer>>;
}

const field = (text: string, length: number) => Buffer.from(text.padEnd(length, '\0'), 'latin1');

/** One file of a tar archive (ustar), executable. */
const tarEntry = (name: string, content: Buffer) => {
  const octal = (value: number, length: number) => field(`${value.toString(8).padStart(length - 1, '0')}\0`, length);
  const before = [field(name, 100), octal(0o755, 8), octal(0, 8), octal(0, 8), octal(content.length, 12), octal(0, 12)];
  const after = [field('0', 1), field('', 100), field('ustar\x0000', 8), field('', 247)];
  const sum = [...before, Buffer.alloc(8, ' '), ...after].reduce(
    (total, part) => part.reduce((bytes, byte) => bytes + byte, total),
    0,
  );
  return Buffer.concat([
    ...before,
    octal(sum, 8),
    ...after,
    content,
    Buffer.alloc((512 - (content.length % 512)) % 512),
  ]);
};

const tarball = ({ manifest, files }: Package) => {
  const all = { 'package.json': Buffer.from(JSON.stringify(manifest)), ...files };
  const entries = Object.entries(all).map(([name, content]) => tarEntry(`package/${name}`, content));
  return gzipSync(Buffer.concat([...entries, Buffer.alloc(1024)]), { level: 1 });
};

/** An npm registry of a few packages, and what was asked of it. `url` is for `npm_config_registry`. */
export const startRegistry = async (packages: readonly Package[]) => {
  const asked: string[] = [];
  const archives = new Map(packages.map((each) => [each.manifest.name, tarball(each)]));
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '/').slice(1);
    asked.push(path);
    const [name = '', archive] = path.split('/-/');
    const found = packages.find(({ manifest }) => manifest.name === name);
    const bytes = archives.get(name);
    if (!found || !bytes) {
      response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
      return;
    }
    if (archive) {
      response.end(bytes);
      return;
    }
    const { version } = found.manifest;
    const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
    const dist = { integrity, tarball: `http://${request.headers.host}/${name}/-/${version}.tgz` };
    const document = {
      name,
      'dist-tags': { latest: version },
      versions: { [version]: { ...found.manifest, dist } },
    };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    asked,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};

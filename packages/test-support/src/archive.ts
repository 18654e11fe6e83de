import { readFile } from 'node:fs/promises';

const centralHeader = Buffer.from('PK\x01\x02', 'latin1');
const [nameLength, name] = [28, 46]; // offsets in a central header

/** The paths in a zip archive, from its central directory (APPNOTE.TXT 4.3.12). */
export const pathsIn = async (file: string): Promise<string[]> => {
  const bytes = await readFile(file);
  const directory = bytes.readUInt32LE(bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1') + 16);
  const paths: string[] = [];
  for (let at = bytes.indexOf(centralHeader, directory); at >= 0; at = bytes.indexOf(centralHeader, at + name))
    paths.push(bytes.toString('utf8', at + name, at + name + bytes.readUInt16LE(at + nameLength)));
  return paths;
};

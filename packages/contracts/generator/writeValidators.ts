import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { apis } from '../src/apis.ts';
import { validatorModule } from './validatorModule.ts';

/** Writes `<operationId>.js` and `.d.ts` for every function's operation into the folder, and removes what has no operation any more. */
export const writeValidators = async (folder: string) => {
  const operations = Object.values(apis)
    .flat()
    .filter(({ method }) => method !== 'PATCH'); // it is served by PUT's function and lies in its module
  const files = new Map<string, string>();
  for (const operation of operations) {
    const { code, declaration } = await validatorModule(operation, folder);
    files.set(`${operation.operationId}.js`, code).set(`${operation.operationId}.d.ts`, declaration);
  }
  await Promise.all([...files].map(([name, text]) => writeFile(join(folder, name), text)));
  const stale = (await readdir(folder)).filter((name) => !files.has(name));
  await Promise.all(stale.map((name) => rm(join(folder, name))));
};

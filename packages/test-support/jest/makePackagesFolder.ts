import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the run keeps what it packages (src/packagedService.ts): each service once for each stage, whichever test asks first. */
const makePackagesFolder = async () => {
  process.env['PACKAGES_FOLDER'] = await mkdtemp(join(tmpdir(), 'packages-'));
};

export default makePackagesFolder;

import { rm } from 'node:fs/promises';

const removePackagesFolder = async () => {
  const folder = process.env['PACKAGES_FOLDER'];
  if (folder) await rm(folder, { recursive: true, force: true });
};

export default removePackagesFolder;

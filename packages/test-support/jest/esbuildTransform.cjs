const { createHash } = require('node:crypto');
const { basename } = require('node:path');
const { transformSync, version } = require('esbuild');

// The source is a URL from the file that it stands in: Jest would take what follows a # in a whole path for something else.
const options = { loader: 'ts', format: 'esm', target: 'node24', sourcemap: 'inline' };

module.exports = {
  getCacheKey: (source, file) =>
    createHash('sha256')
      .update(version + JSON.stringify(options) + file + source)
      .digest('hex'),
  process: (source, file) => transformSync(source, { ...options, sourcefile: basename(file) }),
};

// serverless-esbuild loads its plugins from CommonJS.
module.exports = require('./src/packaging/sourceMaps.ts').esbuildPlugins;

// The framework’s ${file(…)} reads .cjs and no TypeScript.
module.exports = require('./src/stage/keepData.ts').keepData;

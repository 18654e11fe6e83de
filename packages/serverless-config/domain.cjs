// The framework’s ${file(…)} reads .cjs and no TypeScript.
module.exports = require('./src/domain/domain.ts').domain;

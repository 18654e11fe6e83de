// The framework’s ${file(…)} reads .cjs and no TypeScript.
const { httpApiLog, restApiLog } = require('./src/gateways/accessLog.ts');
module.exports = { httpApiLog, restApiLog };

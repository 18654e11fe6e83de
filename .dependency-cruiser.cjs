/** Which way imports may run (docs/architecture.md). Checked by `pnpm check:imports`. */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    forbid('no-cycles', 'Two modules that need each other are one, or three.', {}, { circular: true }),
    forbid('no-unresolved', 'An import that leads nowhere.', {}, { couldNotResolve: true }),
    forbid(
      'packages-know-no-service',
      'Arrows run from services to packages.',
      { path: '^packages/(?!test-support/|bench/)' },
      { path: '^services/' },
    ),
    forbid(
      'services-know-no-service',
      'A service that needs another calls its URL.',
      { path: '^services/([^/]+)/' },
      { path: '^services/', pathNot: '^services/$1/' },
    ),
    forbid(
      'handlers-know-no-storage',
      'Handlers know HTTP; only repositories know DynamoDB, S3 and SQS.',
      { path: '^services/[^/]+/src/handlers/' },
      { path: ['@aws-sdk/', '^packages/dynamodb/'] },
    ),
    forbid(
      'storage-behind-repositories',
      'Only a repository (and the file that hands it its client) reaches for a client library.',
      { path: '^services/[^/]+/src/', pathNot: ['Repository\\.ts$', '^services/[^/]+/src/[^/]+\\.ts$'] },
      { path: ['@aws-sdk/', '^packages/dynamodb/'] },
    ),
    forbid(
      'repositories-know-no-http',
      'Absence is undefined to a repository; what it means to a caller is the handler’s business.',
      { path: 'Repository\\.ts$' },
      { path: '^packages/(http|middleware)/', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'environment-behind-config',
      'config.ts is a service’s only reader of the environment.',
      { path: '^services/[^/]+/src/', pathNot: '/src/config\\.ts$' },
      { path: '^packages/config/' },
    ),
    forbid(
      'http-is-pure',
      'No AWS and no Middy in packages/http.',
      { path: '^packages/http/src/' },
      { path: ['@aws-sdk/', '@middy/', '@smithy/'] },
    ),
    forbid(
      'contracts-are-data',
      'Contracts depend on nothing of ours.',
      { path: '^packages/contracts/src/' },
      { path: '^packages/(?!contracts/)' },
    ),
    forbid(
      'no-ajv-at-run-time',
      'Validators are compiled ahead: Ajv nearly doubles a cold start.',
      { path: '^(packages|services)/[^/]+/src/' },
      { path: 'node_modules/ajv' },
    ),
    forbid(
      'source-knows-no-test',
      'Tests and their support stay out of what is deployed.',
      { path: '^(packages|services)/[^/]+/src/', pathNot: '^packages/(test-support|bench)/' },
      { path: ['/test/', '^packages/test-support/'] },
    ),
    forbid(
      'functions-know-no-tooling',
      'The laptop cloud is no part of a function.',
      { path: '^services/[^/]+/src/|^packages/(auth|config|contracts|dynamodb|http|middleware|observability)/src/' },
      { path: '^packages/(local-cloud|serverless-config)/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['/generated/', '/\\.serverless/', '/\\.esbuild/'] },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};

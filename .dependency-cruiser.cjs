/**
 * Which way imports may run (docs/architecture.md). Checked by `pnpm check:imports`; imports.test.ts plants a fault for
 * each rule.
 */

/** Packages that no function bundles. Any other package counts as part of the functions. */
const tooling = '^packages/(bench|command-line|deployment|local-cloud|operations|serverless-config|test-support)/';

/** What functions are made of. */
const functions = { path: '^(services|packages)/[^/]+/src/', pathNot: tooling };

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    forbid('no-cycles', 'Two modules that need each other are one, or three.', {}, { circular: true }),
    forbid('no-unresolved', 'An import that leads nowhere.', {}, { couldNotResolve: true }),
    forbid(
      'packages-by-name',
      'A package is imported by its name, through what it exports: its folders are its own.',
      { path: '^(packages|services)/([^/]+)/' },
      { path: '^(packages|services)/', pathNot: '^$1/$2/', dependencyTypes: ['local'] },
    ),
    forbid(
      'packages-know-no-service',
      'Arrows run from services to packages.',
      { path: '^(?:packages|scripts)/' },
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
      'Handlers know HTTP; only repositories know DynamoDB, S3 and SQS. Secrets come from a composition.',
      { path: '^services/[^/]+/src/handlers/' },
      { path: ['@aws-sdk/', '^packages/(dynamodb|queue|secrets)/'] },
    ),
    forbid(
      'clients-behind-repositories',
      'A file that calls an AWS service says so by its name; a composition makes the clients.',
      { path: '^services/[^/]+/src/', pathNot: '(Repository|Store|Client|/composition)\\.ts$' },
      { path: '@aws-sdk/', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'repositories-know-no-http',
      'Absence is undefined to a repository; what it means to a caller is the handler’s business.',
      { path: '^services/.*(?:Repository\\.ts$|/repository/)' },
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
      'packages/http is plain functions over the words of packages/resource: no AWS, no Middy.',
      { path: '^packages/http/src/' },
      { path: ['@aws-sdk/', '@middy/', '@smithy/', '^packages/(?!(?:http|resource)/)'] },
    ),
    forbid(
      'resource-is-the-floor',
      'What storage and HTTP share depends on neither.',
      { path: '^packages/resource/src/' },
      { path: ['node_modules', '^packages/(?!resource/)'] },
    ),
    forbid(
      'storage-knows-no-http',
      'Clients and rows say what happened; what it means to a caller is for HTTP to say.',
      { path: '^packages/(aws-client|dynamodb|queue|secrets)/src/' },
      { path: '^packages/(auth|http|middleware)/' },
    ),
    forbid(
      'http-knows-no-storage',
      'A function that only answers bundles no client. Handlers need the type of a queue, and the format of stream records.',
      { path: '^packages/(auth|middleware|observability)/src/' },
      {
        path: ['@aws-sdk/(?!util-dynamodb/)', '^packages/(aws-client|dynamodb|queue|secrets)/'],
        dependencyTypesNot: ['type-only'],
      },
    ),
    forbid(
      'contracts-are-data',
      'Contracts depend on nothing of ours.',
      { path: '^packages/contracts/src/' },
      { path: '^packages/(?!contracts/)' },
    ),
    forbid('no-ajv-at-run-time', 'Validators are compiled ahead: Ajv nearly doubles a cold start.', functions, {
      path: 'node_modules/ajv',
    }),
    forbid('source-knows-no-test', 'Tests and their support stay out of what is deployed.', functions, {
      path: ['/test/', '^packages/test-support/', '^packages/contracts/samples/'],
    }),
    forbid('functions-know-no-tooling', 'The local cloud and the build are no part of a function.', functions, {
      path: [tooling, '^scripts/'],
    }),
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

const shared = {
  testEnvironment: 'node',
  roots: ['<rootDir>/packages', '<rootDir>/services'],
  extensionsToTreatAsEsm: ['.ts'],
  modulePathIgnorePatterns: ['/\\.esbuild/', '/\\.serverless/', '/\\.local/'],
  transform: { '\\.ts$': '<rootDir>/packages/test-support/jest/esbuildTransform.cjs' },
  setupFiles: ['<rootDir>/packages/test-support/jest/environment.ts'],
  setupFilesAfterEnv: [
    '<rootDir>/packages/test-support/jest/timeouts.ts',
    '<rootDir>/packages/test-support/jest/judgeAnswers.ts',
  ],
};

/**
 * `unit` needs no network. `package` packages every service and judges the templates. `integration` runs handlers and
 * HTTP calls against a local cloud that it starts for itself.
 */
export default {
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['**/test/unit/**/*.test.ts'] },
    {
      ...shared,
      displayName: 'package',
      testMatch: ['**/test/package/**/*.test.ts'],
      globalSetup: '<rootDir>/packages/test-support/jest/makePackagesFolder.ts',
      globalTeardown: '<rootDir>/packages/test-support/jest/removePackagesFolder.ts',
    },
    {
      ...shared,
      displayName: 'integration',
      testMatch: ['**/test/integration/**/*.test.ts', '**/test/e2e/**/*.test.ts'],
      globalSetup: '<rootDir>/packages/test-support/jest/startCloud.ts',
      globalTeardown: '<rootDir>/packages/test-support/jest/stopCloud.ts',
    },
    // A stage that is deployed: its origin is GATEWAY_URL.
    { ...shared, displayName: 'deployed', testMatch: ['**/test/e2e/**/*.test.ts'] },
  ],
};

/** One configuration for the whole workspace, native ESM: run by `npm test`. */
export default {
  globalSetup: '<rootDir>/libs/testing/global-setup.mjs',
  globalTeardown: '<rootDir>/libs/testing/global-teardown.mjs',
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@baton/source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // Its files for `import` are named .json.js, which Jest takes for JSON.
    '^(libphonenumber-js)/min$': '<rootDir>/node_modules/$1/min/index.cjs',
  },
  roots: [
    '<rootDir>/libs',
    '<rootDir>/services',
    '<rootDir>/infra',
    '<rootDir>/e2e',
    '<rootDir>/bench',
    '<rootDir>/cli',
    '<rootDir>/tools',
  ],
  testTimeout: 120_000,
  testMatch: ['**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/tools/boundaries/'],
  modulePathIgnorePatterns: ['/dist/'],
  transformIgnorePatterns: ['/node_modules/'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        module: { type: 'es6' },
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          keepClassNames: true,
        },
      },
    ],
  },
};

/** Who may import what. Every rule here is proven by a file in tools/boundaries that breaks it, see `npm run boundaries`. */
const rules = [
  {
    name: 'no-circles',
    comment: 'Two files that need each other are one file; type imports count.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'libs-not-services',
    comment: 'A lib serves every service and knows none.',
    from: { path: '^libs/' },
    to: { path: '^services/' },
  },
  {
    name: 'service-not-service',
    comment: 'A service learns from topics, never from another service.',
    from: { path: '^services/([^/]+)/' },
    to: { path: '^services/', pathNot: '^services/$1/' },
  },
  {
    name: 'rules-stay-pure',
    comment:
      'Rules are plain functions: contracts, conditions and other rules only. A file of services/*/src without a dot-suffix and not named on-… is rules.',
    from: {
      path: '^services/(?!dashboard)[^/]+/src/.+/[^./]+\\.ts$',
      pathNot: ['/on-[^/]+\\.ts$', '/migrations/', '/src/(main)\\.ts$'],
    },
    to: {
      dependencyTypesNot: ['local', 'localmodule', 'type-only'],
      path: [
        '^(node:)?(assert|async_hooks|buffer|child_process|cluster|dns|events|fs|http|https|http2|net|os|path|perf_hooks|process|stream|timers|tls|url|util|worker_threads|zlib)(/|$)',
        'node_modules/(?!class-validator|class-transformer|reflect-metadata|isbot)',
        '^libs/(?!contracts|conditions)',
      ],
    },
  },
  {
    name: 'contracts-and-conditions-stay-pure',
    comment: 'What every service reads depends on no server.',
    from: { path: '^libs/(contracts|conditions)/src', pathNot: '\\.spec\\.ts$' },
    to: { path: ['^libs/(?!contracts|conditions)', 'node_modules/(@nestjs|typeorm|pg|kafkajs|fastify)'] },
  },
  {
    name: 'kafkajs-only-in-bus',
    from: { pathNot: ['^libs/bus/'] },
    to: { path: 'node_modules/kafkajs' },
  },
  {
    name: 'database-only-in-stores',
    comment: 'SQL stands in stores and migrations, and in the libs that own tables.',
    from: {
      path: '^(services|libs)/',
      pathNot: [
        '^libs/(bus|timers|definitions|platform|testing)/',
        '\\.(store|migration|entity|module)\\.ts$',
        '/migrations/',
        '\\.(spec|example)\\.ts$',
      ],
    },
    to: { path: 'node_modules/(typeorm|pg)/' },
  },
  {
    name: 'dashboard-alone',
    comment: 'The dashboard knows the API, nothing of the server.',
    from: { path: '^services/dashboard/' },
    to: { path: ['^libs/', '^services/(?!dashboard)'] },
  },
  {
    name: 'production-without-tests',
    from: { path: '^(services|libs)/', pathNot: ['\\.(spec|example)\\.ts$', '^libs/testing/', '/spec/'] },
    to: { path: ['\\.(spec|example)\\.ts$', '^libs/testing/', '^(e2e|bench|infra)/'] },
  },
  {
    name: 'declared-packages-only',
    from: { path: '^(services|libs|infra|e2e|bench|tools)/', pathNot: '\\.(spec|example)\\.ts$' },
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown'] },
  },
];

export default {
  forbidden: rules.map((rule) => ({ severity: 'error', ...rule })),
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|coverage)/|^tools/boundaries/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@baton/source', 'import', 'require', 'node', 'default', 'types'],
      mainFields: ['main', 'types'],
    },
  },
};

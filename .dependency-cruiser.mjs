import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Import rules. Every rule has branches, and every branch is reported under a name of its own (`rule/branch`), so that
 * tools/src/boundaries.spec.ts can require a file in tools/boundaries that violates exactly that branch. A branch is one
 * pattern without alternatives; a rule for several folders or suffixes is written as several branches.
 *
 * `^(\.\./)*` in front of a folder: the files in tools/boundaries resolve workspace packages outside their base directory.
 */
const LIBS = '^(\\.\\./)*libs/';
const SERVICES = '^(\\.\\./)*services/';
/** Packages that only compute: functions of their arguments and of tables they contain. */
const PURE_PACKAGES = [
  'libphonenumber-js',
  'tldts',
  'disposable-email-domains-js',
  'email-providers',
  'role-based-email-addresses',
  'otpauth',
  'temporal-polyfill',
].map((name) => `node_modules/${name}/`);
/** Libs that rules may import: they compute and depend on no server library. */
const PURE_LIBS = ['contracts', 'conditions', 'attribution', 'calendar', 'learning'];
const OTHER_LIBS = `${LIBS}(?!${PURE_LIBS.map((lib) => `${lib}/`).join('|')})`;
const SPECS = '\\.(spec|example)\\.ts$';

/** A file without a suffix that declares an injectable class is a use case; every other one is rules. Paths below services/. */
export const useCasesIn = (root) =>
  readdirSync(join(root, 'services'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /^[^/]+\/src\/.+\/(?!on-)[^/.]+\.ts$/.test(file))
    .filter((file) => /^@Injectable\(/m.test(readFileSync(join(root, 'services', file), 'utf8')));

/** Files of a service by kind; what is left is rules. */
const kindsOf = (useCases) => ({
  store: '\\.store\\.ts$',
  http: '\\.http\\.ts$',
  request: '\\.request\\.ts$',
  response: '\\.response\\.ts$',
  client: '\\.client\\.ts$',
  cache: '\\.cache\\.ts$',
  job: '\\.job\\.ts$',
  config: '\\.config\\.ts$',
  entity: '\\.entity\\.ts$',
  module: '\\.module\\.ts$',
  migration: '\\.migration\\.ts$',
  handler: '/on-[^/]+\\.ts$',
  ...(useCases.length > 0 ? { 'use-case': useCases } : {}),
});

const rules = (root) => {
  const useCases = useCasesIn(root).map((file) => `^services/${file.replaceAll('.', '\\.')}$`);
  const rulesFiles = {
    path: '^services/(?!dashboard/)[^/]+/src/.+/[^/.]+\\.ts$',
    pathNot: ['/on-[^/]+\\.ts$', ...useCases],
  };
  return [
    {
      name: 'no-circular-files',
      comment: 'Files that import each other cannot be understood alone; type imports count.',
      branches: { any: { from: {}, to: { circular: true } } },
    },
    {
      name: 'libs-not-services',
      comment: 'A lib serves every service and depends on none.',
      branches: { any: { from: { path: LIBS }, to: { path: SERVICES } } },
    },
    {
      name: 'service-not-service',
      comment: 'Services communicate by events only.',
      branches: {
        any: {
          from: { path: '^services/([^/]+)/' },
          to: { path: SERVICES, pathNot: '^services/$1/' },
        },
      },
    },
    {
      name: 'rules-stay-pure',
      comment:
        'Rules are pure functions of their arguments: they import libs and packages that only compute, and other rules. Type imports count.',
      branches: {
        lib: { from: rulesFiles, to: { path: OTHER_LIBS } },
        package: { from: rulesFiles, to: { path: 'node_modules/', pathNot: PURE_PACKAGES } },
        // node:crypto is allowed for createHash, a pure function that derives deterministic ids; ESLint forbids its other exports.
        'built-in': { from: rulesFiles, to: { dependencyTypes: ['core'], pathNot: '^crypto$' } },
        ...Object.fromEntries(
          Object.entries(kindsOf(useCases)).map(([kind, path]) => [
            kind,
            { from: rulesFiles, to: { path, pathNot: 'node_modules/' } },
          ]),
        ),
      },
    },
    {
      name: 'shared-libs-stay-pure',
      comment: 'Libs that rules import depend on no server library.',
      branches: Object.fromEntries(
        PURE_LIBS.flatMap((lib) => {
          const from = { path: `^libs/${lib}/src/`, pathNot: '\\.spec\\.ts$' };
          return [
            [`${lib}-lib`, { from, to: { path: OTHER_LIBS } }],
            // Kafka and database clients are covered by the rules below.
            ...['@nestjs', 'fastify'].map((name) => [
              `${lib}-${name.replace('@', '')}`,
              { from, to: { path: `node_modules/${name}/` } },
            ]),
          ];
        }),
      ),
    },
    {
      name: 'kafkajs-only-in-bus',
      comment: 'One package knows the Kafka client, so that it can be replaced.',
      branches: {
        any: {
          from: { pathNot: ['^libs/bus/', '^tools/src/private-interiors/'] },
          to: { path: 'node_modules/kafkajs/' },
        },
      },
    },
    {
      name: 'database-only-in-stores',
      comment: 'SQL is written in stores, migrations and the libs that own tables.',
      branches: Object.fromEntries(
        ['typeorm', 'pg'].map((name) => [
          name,
          {
            from: {
              path: '^(services|libs)/',
              pathNot: [
                '^libs/(bus|timers|definitions|platform|testing)/',
                '\\.(store|migration|entity|module|client)\\.ts$',
                SPECS,
              ],
            },
            to: { path: `node_modules/${name}/` },
          },
        ]),
      ),
    },
    {
      name: 'dashboard-alone',
      comment:
        'The dashboard knows the HTTP API only; imports of other services are covered by service-not-service.',
      branches: { lib: { from: { path: '^services/dashboard/' }, to: { path: LIBS } } },
    },
    {
      name: 'production-without-tests',
      comment: 'Code that is deployed does not depend on test code.',
      branches: Object.fromEntries(
        [
          ['spec', '\\.spec\\.ts$'],
          ['example', '\\.example\\.ts$'],
          ['testing', `${LIBS}testing/`],
          ['e2e', '^(\\.\\./)*e2e/'],
          ['bench', '^(\\.\\./)*bench/'],
          ['infra', '^(\\.\\./)*infra/'],
        ].map(([branch, path]) => [
          branch,
          {
            from: { path: '^(services|libs)/', pathNot: [SPECS, '^libs/testing/', '/spec/'] },
            to: { path, pathNot: 'node_modules/' },
          },
        ]),
      ),
    },
    {
      name: 'declared-packages-only',
      comment: 'Every package is in the package.json of the workspace that imports it.',
      branches: Object.fromEntries(
        ['npm-no-pkg', 'unknown'].map((type) => [
          type,
          {
            from: { path: '^(services|libs|infra|e2e|bench|tools|cli)/', pathNot: SPECS },
            to: { dependencyTypes: [type] },
          },
        ]),
      ),
    },
  ];
};

/** Configuration for the repository, or one laid out like it, in `root`. */
export const configFor = (root) => ({
  forbidden: rules(root).flatMap(({ name, comment, branches }) =>
    Object.entries(branches).map(([branch, { from, to }]) => ({
      name: `${name}/${branch}`,
      severity: 'error',
      comment,
      from,
      to,
    })),
  ),
  options: {
    // Seen as targets, including built files of the workspace, but not read.
    doNotFollow: { path: ['node_modules/', '(^|/)dist/'] },
    exclude: { path: '(^|/)coverage/|^tools/boundaries/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@baton/source', 'import', 'require', 'node', 'default', 'types'],
      mainFields: ['main', 'types'],
    },
  },
});

export default configFor(import.meta.dirname);

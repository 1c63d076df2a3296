import { cruise, type ICruiseOptions, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { folderRings } from './imports/folder-rings.js';
import { KNOWN_VIOLATIONS } from './imports/known-violations.js';

/** `npm run boundaries`: the import rules of .dependency-cruiser.mjs, and no rings of folders inside a package. */
const root = resolve(import.meta.dirname, '../..');
const { default: config } = (await import(resolve(root, '.dependency-cruiser.mjs'))) as {
  default: { forbidden: IForbiddenRuleType[]; options: ICruiseOptions };
};

/** Source folders of all packages; built files are seen as targets only. */
const sources = [
  ...['libs', 'services'].flatMap((group) =>
    readdirSync(resolve(root, group)).map((name) => `${group}/${name}/src`),
  ),
  'infra/local/src',
  ...['tools', 'bench', 'e2e', 'cli'].map((name) => `${name}/src`),
];
const { output } = await cruise(sources, {
  ...config.options,
  ruleSet: { forbidden: config.forbidden },
  validate: true,
  baseDir: root,
});
const { modules, summary } = output as ICruiseResult;
const rings = folderRings(modules);
const found = [
  ...summary.violations.map(({ rule, from, to }) => ({
    violation: `${rule.name}: ${from} → ${to}`,
    detail: [],
  })),
  ...rings.map(({ folders, imports }) => ({
    // A ring is named by its package, since its folders differ with every import that is removed.
    violation: `no-folder-rings: ${folders[0]!.split('/').slice(0, 2).join('/')}`,
    detail: imports,
  })),
];
const failures = found.filter(({ violation }) => !KNOWN_VIOLATIONS.includes(violation));
for (const { violation, detail } of failures) console.error([violation, ...detail].join('\n  '));
const fixed = KNOWN_VIOLATIONS.filter((known) => !found.some(({ violation }) => violation === known));
for (const known of fixed) console.error(`no longer violated, remove it from known-violations.ts: ${known}`);
if (failures.length + fixed.length > 0) process.exitCode = 1;
else
  console.log(
    `${modules.length} modules, ${config.forbidden.length} rule branches and rings of folders: ${found.length} known violations, no others.`,
  );

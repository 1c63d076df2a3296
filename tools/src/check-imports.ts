import { cruise, type ICruiseOptions, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { folderRings } from './imports/folder-rings.js';

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
const violations = [
  ...summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
  ...folderRings(modules).map(({ folders, imports }) =>
    [`no-folder-rings: ${folders.join(', ')}`, ...imports].join('\n  '),
  ),
];
for (const violation of violations) console.error(violation);
if (violations.length > 0) process.exitCode = 1;
else
  console.log(
    `${modules.length} modules keep ${config.forbidden.length} rule branches and have no rings of folders.`,
  );

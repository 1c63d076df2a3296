import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { asyncApiOf, catalogue } from '@baton/contracts';
import { stringify } from 'yaml';

/** Generates docs/asyncapi.yaml, docs/openapi/*.json and the dashboard's API types from the code. */
const root = resolve(import.meta.dirname, '../..');
const openapi = join(root, 'docs/openapi');
const types = join(root, 'services/dashboard/src/api/generated');
mkdirSync(openapi, { recursive: true });
mkdirSync(types, { recursive: true });

writeFileSync(
  join(root, 'docs/asyncapi.yaml'),
  stringify(asyncApiOf(catalogue), { lineWidth: 110, aliasDuplicateObjects: false }),
);

const services = readdirSync(join(root, 'services')).filter((name) =>
  existsSync(join(root, 'services', name, 'dist/main.js')),
);
for (const name of services) {
  const file = join(openapi, `${name}.json`);
  execFileSync(process.execPath, [join(root, 'services', name, 'dist/main.js'), '--openapi', file], {
    stdio: 'inherit',
  });
  const out = join(types, `${name}.d.ts`);
  // `npm exec` finds the package in the dashboard's node_modules or in the root.
  execFileSync(
    'npm',
    [
      'exec',
      '--workspace',
      '@baton/dashboard',
      '--',
      'openapi-typescript',
      file,
      '--empty-objects-unknown',
      '-o',
      out,
    ],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
}

/** Module hooks to run the workspace's TypeScript in Node without a build: `node --conditions=@baton/source --import ./libs/testing/typescript.mjs x.ts`. */
import { readFileSync } from 'node:fs';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { transformFile } from '@swc/core';

// Without `exclude`: swc refuses to transform what it excludes.
const { exclude: _, ...options } = JSON.parse(
  readFileSync(new URL('../../swc.build.json', import.meta.url), 'utf8'),
);

if (isMainThread) register(import.meta.url);

const isSource = (url) => url?.endsWith('.ts') && !url.includes('/node_modules/');

export const resolve = (specifier, context, next) =>
  isSource(context.parentURL) && /^\.{1,2}\/.*\.js$/.test(specifier)
    ? next(specifier.replace(/\.js$/, '.ts'), context)
    : next(specifier, context);

export const load = async (url, context, next) => {
  if (!isSource(url)) return next(url, context);
  const { code } = await transformFile(fileURLToPath(url), {
    ...options,
    swcrc: false,
    sourceMaps: 'inline',
  });
  return { format: 'module', source: code, shortCircuit: true };
};

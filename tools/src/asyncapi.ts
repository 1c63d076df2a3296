import { asyncApiOf, catalogue } from '@baton/contracts';
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { stringify } from 'yaml';

/** Writes docs/asyncapi.yaml from the catalogue of events. */
const file = resolve(import.meta.dirname, '../../docs/asyncapi.yaml');
mkdirSync(resolve(file, '..'), { recursive: true });
writeFileSync(file, stringify(asyncApiOf(catalogue), { lineWidth: 110, aliasDuplicateObjects: false }));

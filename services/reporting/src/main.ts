import { run } from '@baton/platform';
import { reporting } from './reporting.module.js';

await run(reporting);

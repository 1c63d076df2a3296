import { run } from '@baton/platform';
import { scoring } from './scoring.module.js';

await run(scoring);

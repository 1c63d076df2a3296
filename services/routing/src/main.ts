import { run } from '@baton/platform';
import { routing } from './routing.module.js';

await run(routing);

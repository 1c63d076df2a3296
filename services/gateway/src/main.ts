import { run } from '@baton/platform';
import { gateway } from './gateway.module.js';

await run(gateway);

import { run } from '@baton/platform';
import { ingestion } from './ingestion.module.js';

await run(ingestion);

import { createHash } from 'node:crypto';
import { ActivityRecorded } from '@baton/contracts';
import { one } from './other-rules.js';
export const allowed = [createHash, ActivityRecorded, one];

import { createHash } from 'node:crypto';
import { ActivityRecorded } from '@baton/contracts';
import { parse } from 'tldts';
import { one } from './other-rules.js';
export const allowed = [createHash, ActivityRecorded, one, parse];

import pg from 'pg';
import { service } from '@baton/platform';
import { config } from '../alpha.config.js';
export const allowed = [pg, service, config];

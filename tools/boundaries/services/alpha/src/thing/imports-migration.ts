// violates rules-stay-pure/migration
export { tables } from '../migrations/tables.migration.js';

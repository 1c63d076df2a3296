// violates database-only-in-stores/pg
export * as pg from 'pg';

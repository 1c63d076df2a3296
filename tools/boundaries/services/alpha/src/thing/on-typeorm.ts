// violates database-only-in-stores/typeorm
export { DataSource } from 'typeorm';

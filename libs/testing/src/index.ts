export * from './an.js';
export * from './eventually.js';
export * from './given.js';
export * from './house.js';
export * from './http-client.js';
export * from './received.js';
export * from './test-database.js';
export * from './test-kafka.js';

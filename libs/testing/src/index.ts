export * from './an.js';
export * from './eventually.js';
export * from './given.js';
export * from './received.js';

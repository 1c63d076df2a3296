export * from './database.js';
export * from './handler.js';
export * from './message.js';

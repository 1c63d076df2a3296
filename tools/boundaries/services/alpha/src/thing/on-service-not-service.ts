export { one } from '../../../beta/src/thing/one.js';

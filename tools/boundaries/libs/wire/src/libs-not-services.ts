export { one } from '../../../services/beta/src/thing/one.js';

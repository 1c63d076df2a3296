// violates dashboard-alone/lib
export { wire } from '../../../../libs/wire/src/wire.js';

// violates shared-libs-stay-pure/calendar-lib
export { wire } from '../../wire/src/wire.js';

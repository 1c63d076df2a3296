// violates rules-stay-pure/lib
export { service } from '@baton/platform';

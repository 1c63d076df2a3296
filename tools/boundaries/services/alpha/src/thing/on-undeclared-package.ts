// violates declared-packages-only/npm-no-pkg
export { parse } from 'yaml';

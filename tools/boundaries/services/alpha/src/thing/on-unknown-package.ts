// violates declared-packages-only/unknown
export { nothing } from 'a-package-that-does-not-exist';

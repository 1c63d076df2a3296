// violates shared-libs-stay-pure/calendar-fastify
export { fastify } from 'fastify';

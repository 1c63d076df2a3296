// violates kafkajs-only-in-bus/any
export { Kafka } from 'kafkajs';

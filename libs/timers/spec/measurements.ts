import {
  metrics,
  type Attributes,
  type BatchObservableCallback,
  type MeterProvider,
} from '@opentelemetry/api';

const callbacks = new Set<BatchObservableCallback>();
const measured: { readonly name: string; readonly value: number; readonly of: Attributes }[] = [];

const instrument = (name: string) => {
  const keep = (value: number, of: Attributes = {}): void => void measured.push({ name, value, of });
  return { add: keep, record: keep };
};

// Instruments are created when their module loads: import this file first.
metrics.setGlobalMeterProvider({
  getMeter: () => ({
    createCounter: instrument,
    createHistogram: instrument,
    createGauge: instrument,
    createObservableGauge: (name: string) => name,
    addBatchObservableCallback: (callback: BatchObservableCallback) => callbacks.add(callback),
    removeBatchObservableCallback: (callback: BatchObservableCallback) => callbacks.delete(callback),
  }),
} as unknown as MeterProvider);

/** What the observable gauges report now, as `name kind` → value. */
export const observed = (): Record<string, number> => {
  const values: Record<string, number> = {};
  const observe = (name: unknown, value: number, { kind }: Attributes): void => {
    values[`${String(name)} ${String(kind)}`] = value;
  };
  for (const callback of callbacks) void callback({ observe });
  return values;
};

/** The sum of the values recorded under this name since the last call. */
export const sumOf = (name: string): number => {
  const found = measured.filter((measurement) => measurement.name === name);
  for (const measurement of found) measured.splice(measured.indexOf(measurement), 1);
  return found.reduce((sum, { value }) => sum + value, 0);
};

/** CLOCK_MONOTONIC in milliseconds: the same clock in every process of the machine. Source: clock_gettime(2). */
export const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;

import type { Usage } from '../../shared/contracts/stages.ts';

const mb = 1024 * 1024;
const sampleMs = 50;

/**
 * Measures memory (peak of the process, sampled) and CPU time from now until the returned function is called. One
 * Lambda serves one attempt at a time, so the process is the attempt.
 */
export const startMeter = (allocatedMb: number | undefined): (() => Usage) => {
  const cpu = process.cpuUsage();
  let peak = process.memoryUsage.rss();
  const sample = () => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  const timer = setInterval(sample, sampleMs).unref();

  return () => {
    clearInterval(timer);
    sample();
    const { user, system } = process.cpuUsage(cpu);
    return {
      allocatedMb,
      usedMb: Math.ceil(peak / mb),
      cpuSeconds: (user + system) / 1_000_000,
    };
  };
};

import { measureUnits } from './units.ts';

/** AWS list prices in us-east-1, dollars, as published in November 2026. */
const price = {
  writeUnit: 0.625e-6,
  readUnit: 0.125e-6,
  expressRequest: 1e-6,
  expressGbSecond: 0.00001667,
  standardTransition: 25e-6,
  lambdaRequest: 0.2e-6,
  armGbSecond: 0.0000133334,
  event: 1e-6,
} as const;

/** Express executions are billed in chunks of 64 MB and 100 ms. */
const expressGb = 64 / 1024;

/** Control-plane functions of one attempt: memory, billed seconds, calls. The seconds are an assumption, not measured on AWS. */
const functions = [
  { name: 'run/claim', gb: 0.5, seconds: 0.03, calls: 1 },
  { name: 'run/finish', gb: 0.5, seconds: 0.03, calls: 1 },
  { name: 'release', gb: 1, seconds: 0.04, calls: 0.5 },
  { name: 'record', gb: 1, seconds: 0.02, calls: 0.2 },
] as const;

/** States that a Standard execution enters: token, claim, choices, task, finish. */
const standardTransitions = 6;

/** Dollars of AWS list price per million attempts, control plane only: units measured here, the rest by count. */
export const benchCost = async (): Promise<boolean> => {
  const { stages } = await measureUnits();
  const dynamo = stages.reduce(
    (sum, { write, read }) => sum + write * price.writeUnit + read * price.readUnit,
    0,
  );
  const lambda = functions.reduce(
    (sum, { gb, seconds, calls }) =>
      sum + calls * (price.lambdaRequest + gb * seconds * price.armGbSecond),
    0,
  );
  const express = (seconds: number) =>
    price.expressRequest + seconds * expressGb * price.expressGbSecond;
  const perMillion = (machine: number) =>
    (1e6 * (dynamo + lambda + price.event + machine)).toFixed(2);

  console.log('attempt | DynamoDB $ | functions $ | events $ | machine $ | all $ per million');
  const line = (name: string, machine: number) =>
    console.log(
      [
        name,
        ...[dynamo, lambda, price.event, machine].map((each) => (each * 1e6).toFixed(2)),
        perMillion(machine),
      ].join(' | '),
    );
  for (const seconds of [1, 10, 60]) line(`Express ${seconds} s`, express(seconds));
  line('Standard', standardTransitions * price.standardTransition);
  return Number(perMillion(express(1))) <= 23;
};

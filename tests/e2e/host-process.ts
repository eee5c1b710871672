import { startHost } from '../../local/host.ts';
import { startFaultProxy } from '../faults/fault-proxy.ts';
import { seededChance } from '../faults/seeded-chance.ts';

/**
 * A host in a process of its own, so that a test can kill it. Arguments: assembly, state folder, port, speed of its clock,
 * and a seed: with one its bundles reach the engine through the fault proxy, and the stream delivers some batches twice.
 */
const [assembly = '', state = '', port = '0', speed = '1', seed] = process.argv.slice(2);

const hostile = (number: number) => {
  const chance = seededChance(number);
  return {
    dynamoProxy: async (target: string) =>
      (await startFaultProxy({ target, seed: number })).endpoint,
    reshape: <T>(batch: T): T[] => (chance.hits(0.3) ? [batch, batch] : [batch]),
  };
};

const host = await startHost({
  assembly,
  state,
  port: Number(port),
  ...(speed === '1' ? {} : { clock: { speed: Number(speed) } }),
  ...(seed === undefined ? {} : hostile(Number(seed))),
});
process.on('SIGTERM', () => void host.stop().then(() => process.exit(0)));
console.log(
  JSON.stringify({
    url: host.url,
    credentialsFile: host.credentialsFile,
    engine: host.endpoints.dynamodb,
    tables: host.tableNames,
  }),
);

import { endOnSignal, fail } from '../end-on-signal.ts';
import { startHost } from '../host.ts';

/** A host of its own process for tests: `node tiny-host.ts ASSEMBLY STATE [PORT]`; prints one line of JSON when up. */
const [assembly = '', state = '', port = '0'] = process.argv.slice(2);

startHost({ assembly, state, port: Number(port) }).then((host) => {
  endOnSignal(host, console.error);
  const { url, endpoints, accessKeyId } = host;
  console.log(JSON.stringify({ url, endpoints, accessKeyId }));
}, fail);

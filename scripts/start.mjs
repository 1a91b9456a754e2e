import { createServer } from 'node:net';
import { build, preview } from 'vite';

const HOST = '127.0.0.1';

/**
 * @param {number} port
 * @returns {Promise<boolean>} whether nothing listens on the port yet
 */
function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, HOST, () => probe.close(() => resolve(true)));
  });
}

/**
 * @param {number} first
 * @returns {Promise<number>} the first free port from `first` upwards
 */
async function nextFreePort(first) {
  for (let port = first; port < first + 100; port++) if (await isFree(port)) return port;
  throw new Error(`No free port between ${first} and ${first + 99}: set PORT to another number.`);
}

const wanted = Number(process.env.PORT ?? 4173);
if (!Number.isInteger(wanted) || wanted < 1 || wanted > 65535) {
  console.error(`PORT must be a number between 1 and 65535, not "${process.env.PORT}".`);
  process.exit(2);
}
await build({ logLevel: 'warn' });
const port = await nextFreePort(wanted);
await preview({ preview: { host: HOST, port, strictPort: true } });
console.log(`Loupe is served at http://${HOST}:${port}/`);

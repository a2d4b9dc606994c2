// The engine's program: owns one lab. Whoever started it holds descriptor 3; it ends when that does, unless it was told to
// stay: then it serves a socket, and ends when it is told to. It is started by `spawn-engine.ts` under unshare(1), never
// by hand.
import {access} from 'node:fs/promises';
import {Socket} from 'node:net';
import {homeNetns} from '../kernel/netns.ts';
import {startNftPool} from '../kernel/nft-pool.ts';
import {createDesk} from './desk.ts';

homeNetns();
// The first use of libuv's pool starts all of its threads, which must be home and not in a workload (FACTS).
await access('/');
// Two load rules as fast as two cores do. They start while this process still reads the rest of its
// program.
const helpers = startNftPool(2);
helpers.catch(() => undefined);
const desk = createDesk(helpers);
const owner = new Socket({fd: 3, readable: true, writable: true});
const ownerGone = (): void => {
	if (!desk.stays) desk.end();
};
owner.on('error', ownerGone);
owner.on('close', ownerGone);
owner.on('end', ownerGone);
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('SIGTERM', () => {
	if (desk.stays) desk.end();
});
desk.serve(owner, 'owner');

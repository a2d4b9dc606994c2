import test from 'ava';
import {payload} from '../../../topologies/docker/container-logs.ts';
import {eachOf} from '../../../topologies/docker/each-of.ts';
import {progressOf} from '../../../topologies/docker/images.ts';

test('a pull tells how much of all its layers is here, and not at every event', t => {
	const said: string[] = [];
	let now = 0;
	const tell = progressOf(
		(done, total) => said.push(`${done / 1e6} of ${total / 1e6}`),
		() => now,
	);
	const layer = (id: string, current: number) => ({
		id,
		status: 'Downloading',
		progressDetail: {current: current * 1e6, total: 50e6},
	});
	for (const step of [1, 2, 3, 4, 5]) {
		now += 100;
		tell(layer('a', step));
		tell(layer('b', step * 2));
	}
	tell({status: 'Status: Downloaded newer image'});
	t.deepEqual(said, ['4 of 100', '10 of 100']);
});

test('the frames around a program’s output are taken away, and output without frames is left', t => {
	const frame = (stream: number, text: string): Buffer => {
		const head = Buffer.alloc(8);
		head[0] = stream;
		head.writeUInt32BE(text.length, 4);
		return Buffer.concat([head, Buffer.from(text)]);
	};
	t.is(payload(Buffer.concat([frame(1, 'one\n'), frame(2, 'two\n')])), 'one\ntwo\n');
	t.is(payload(Buffer.from('as it is')), 'as it is');
	t.is(payload(Buffer.alloc(0)), '');
});

test('work side by side is at most eight at once, throws the first failure, and only when nothing is under way', async t => {
	let [now, most] = [0, 0];
	const work = async (at: number): Promise<void> => {
		most = Math.max(most, ++now);
		await new Promise(resolve => setTimeout(resolve, 5));
		now--;
		if (at === 11) throw new Error('the eleventh');
	};
	const list = Array.from({length: 30}, (_, at) => at);
	await t.throwsAsync(eachOf(list, work), {message: 'the eleventh'});
	t.is(now, 0);
	t.is(most, 8);
});

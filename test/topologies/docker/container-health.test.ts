import test from 'ava';
import {healthOf} from '../../../topologies/docker/container-health.ts';

type Inspected = Parameters<typeof healthOf>[0];
const openedAt = Date.parse('2026-01-01T00:01:00Z');
const of = (Status: string | undefined, starts: readonly string[], check: object = {}, later = 0) =>
	healthOf(
		{
			State: {
				Health: Status === undefined ? undefined : {Status, Log: starts.map(Start => ({Start, Output: 'refused'}))},
			},
			Config: {Healthcheck: check},
		} as unknown as Inspected,
		openedAt,
		openedAt + later,
	);
const [early, late] = ['2026-01-01T00:00:30.5+00:00', '2026-01-01T00:01:00.5+00:00'];

test('failures at the gate do not count, and as many as Docker wants do after it', t => {
	t.deepEqual(of('unhealthy', [early, early, early, late, late]), {kind: 'starting'});
	t.deepEqual(of('unhealthy', [early, early, late, late, late]), {kind: 'unhealthy', said: 'refused'});
	t.deepEqual(of('unhealthy', [late, late, late, late, late], {Retries: 40}), {kind: 'unhealthy', said: 'refused'});
	t.deepEqual(of('unhealthy', [early, late], {Retries: 1}), {kind: 'unhealthy', said: 'refused'});
});

test('without a check it is well, and where nobody looks long after the first look was due, that is said', t => {
	t.deepEqual(
		['healthy', 'none', '', undefined].map(status => of(status, []).kind),
		Array(4).fill('well'),
	);
	const check = {Interval: 5e8, Timeout: 1e9};
	t.is(of('starting', [], check, 11_000).kind, 'starting');
	t.is(of('starting', [], check, 12_000).kind, 'unwatched');
	t.is(of('starting', [late], check, 60_000).kind, 'starting');
});

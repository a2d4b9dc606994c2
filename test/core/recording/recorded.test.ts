import test from 'ava';
import type {Rehearsal} from '../../../core/model/rehearsal.ts';
import {recordedRehearsal, recordedSource} from '../../../core/recording/recorded.ts';
import {renderHead} from '../../../core/recording/render-recording.ts';
import {inForce, shop, sources} from '../../tui/console/shop-story.ts';

const secret = 'hunter2';
const where = {file: 'a', line: 1, column: 1};
/** Wherever a topology may have it. */
const telling: Rehearsal = {
	...shop,
	topology: {
		...shop.topology,
		workloads: shop.topology.workloads.map(workload => ({
			...workload,
			run: ['psql', secret],
			command: [secret],
			variables: {POSTGRES_PASSWORD: secret},
			build: {context: '.', dockerfile: null, args: {TOKEN: secret}, target: null, where},
			healthCheck: {test: ['curl', secret], interval: 1, timeout: 1, retries: 1, startPeriod: 1},
			volumes: [{source: `/home/${secret}`, target: '/x', where}],
		})),
	},
};

test('what a workload runs, and with which variables, is not recorded', t => {
	t.regex(JSON.stringify(telling), /hunter2/);
	t.notRegex(JSON.stringify(recordedRehearsal(telling)), /hunter2/);
	const head = renderHead({
		...{version: '0', lab: 'shop', startedAt: 1, nowMs: 0, rehearsal: telling, inForce: inForce('zones')},
		...{compromised: [], sources: {'all.yaml': manifests, 'secret.yaml': secretObject}},
	});
	t.notRegex(head, /hunter2/);
	t.regex(head, /allow-web/);
	t.notRegex(head, /secret\.yaml/);
});

const secretObject = `apiVersion: v1
kind: Secret
metadata: { name: db }
stringData: { password: ${secret} }
`;

const manifests = `${secretObject}---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: allow-web }
---
apiVersion: apps/v1
kind: Deployment
spec: { template: { spec: { containers: [{ env: [{ name: P, value: ${secret} }] }] } } }
`;

test('of a file, policies stand on the lines on which they stood, and all else is blank', t => {
	const kept = recordedSource(manifests)!;
	t.is(kept.split('\n').length, manifests.split('\n').length);
	t.deepEqual(
		kept.split('\n').flatMap((text, at) => (text === '' ? [] : [`${at + 1}: ${text}`])),
		['5: ---', '6: apiVersion: networking.k8s.io/v1', '7: kind: NetworkPolicy', '8: metadata: { name: allow-web }'],
	);
	for (const text of sources.values()) t.is(recordedSource(text), text);
	t.is(recordedSource(secretObject), null);
	t.is(recordedSource(`kind: List\nitems:\n  - kind: NetworkPolicy\n  - kind: Secret\n    data: ${secret}\n`), null);
});

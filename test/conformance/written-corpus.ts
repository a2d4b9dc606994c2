// A corpus written in a test: three pods, the policies that it is given, and one case.
import type {Case, Corpus} from './corpus.ts';

/** Pods `x/a` (app: a), `x/b` (app: b) and `y/c`, each serving 80 on tcp, udp and sctp. */
export const pods = [
	{namespace: 'x', name: 'a', address: '10.1.0.10'},
	{namespace: 'x', name: 'b', address: '10.1.0.20'},
	{namespace: 'y', name: 'c', address: '10.2.0.30'},
]
	.map(
		({namespace, name, address}) => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: ${namespace}, labels: { app: ${name} } }
spec:
  containers:
    - name: serve
      ports: [{ containerPort: 80 }, { containerPort: 80, protocol: UDP }, { containerPort: 80, protocol: SCTP }]
status: { podIP: ${address}, podIPs: [{ ip: ${address} }] }
`,
	)
	.join('---');

/** A NetworkPolicy in `x` for `b`, open to these peers on TCP 80. */
export const openTo = (peers: string, name = 'open'): string => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: x }
spec:
  podSelector: { matchLabels: { app: b } }
  policyTypes: [Ingress]
  ingress: [{ from: ${peers}, ports: [{ port: 80 }] }]
`;

/** One case of these files; `expected` is their last. */
export function writtenCorpus(
	format: string,
	files: Readonly<Record<string, string>>,
	expected: string,
	rest: Partial<Case> = {},
): {readonly corpus: Corpus; readonly one: Case} {
	const all: Readonly<Record<string, string>> = {...files, 'expected.txt': expected};
	const one: Case = {
		source: 'written',
		case: 'one',
		features: ['pure-policy'],
		input: Object.keys(files),
		expected: 'expected.txt',
		expected_format: format,
		...rest,
	};
	const has = (file: string): boolean => Object.hasOwn(all, file);
	const read = (file: string): string => {
		if (!has(file)) throw new Error(`no ${file}`);
		return all[file]!;
	};
	return {one, corpus: {cases: [one], read, has, manifests: list => list.map(path => ({path, text: read(path)}))}};
}

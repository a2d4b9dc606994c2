// Topology files as tests write them: `read(...)` is the topology, `problemsOf(...)` what is wrong, in print.
import {parseTopology} from '../../../core/files/topology.ts';
import {renderProblem} from '../../../core/model/problem.ts';
import type {Topology, Workload} from '../../../core/model/topology.ts';

/** The topology of one file, whose first line is added. */
export function read(...lines: string[]): Topology {
	const parsed = parseTopology([{file: 't', text: ['topology: t', ...lines].join('\n')}]);
	if (parsed.kind === 'wrong') throw new Error(parsed.problems.map(renderProblem).join('\n'));
	return parsed.value;
}

/** Problems of one file, `t:2:3: …`; the line `topology: t` is added as its first. */
export function problemsOf(...lines: string[]): readonly string[] {
	const parsed = parseTopology([{file: 't', text: ['topology: t', ...lines].join('\n')}]);
	return parsed.kind === 'wrong' ? parsed.problems.map(renderProblem) : [];
}

export const workload = (topology: Topology, name: string): Workload => {
	const found = topology.workloads.find(one => one.name === name);
	if (found === undefined) throw new Error(`no ${name} among ${topology.workloads.map(one => one.name).join()}`);
	return found;
};

/** Addresses as `198.18.0.2@app.prod`. */
export const addressesOf = (topology: Topology, name: string): readonly string[] =>
	workload(topology, name).addresses.map(({address, segment}) => `${address}@${segment}`);

/** Dependencies as `web.prod -> api.prod:8080/tcp`. */
export const dependenciesOf = (topology: Topology): readonly string[] =>
	topology.dependencies.map(({from, to, port, protocol}) => `${from} -> ${to}:${port}/${protocol}`);

/** The topology of LANGUAGE.md, with the monitoring that its dependency speaks of. */
export const shopText = `topology: shop
environments: [prod, dev, test]
networks:
  app: { cidr: 198.18.0.0/20 }
workloads:
  web:
    in: [prod, dev, test]
    labels: { app: shop, tier: web }
    replicas: 2
    network: app
    services: { https: { port: 443, speaks: http } }
    needs: [api:http]
  api:
    in: [prod, dev, test]
    labels: { app: shop, tier: api }
    services: { http: { port: 8080, speaks: http, weak: [CVE-2021-44228] }, ssh: { port: 22, speaks: ssh } }
    needs: [db:postgres]
    holds: [shop-db-password]
  db:
    in: [prod, dev, test]
    labels: { app: shop, tier: db, data: cardholder }
    jewel: { in: [prod] }
    services: { postgres: { port: 5432, speaks: postgres }, names: { port: 53/udp, speaks: dns } }
  wiki:
    in: [dev]
    labels: { app: wiki }
    services: { http: { port: 80, speaks: http, weak: [CVE-2023-22515] }, metrics: { port: 9100 } }
    holds: [ops-ssh-key]
  monitoring:
    labels: { app: monitor }
  internet: { outside: true }
dependencies:
  - need: monitoring scrapes every machine
    from: { app: monitor }
    on: [metrics]
    vital: true
secrets:
  ops-ssh-key: { kind: ssh-key, opens: [{ service: ssh, of: { app: shop } }] }
  shop-db-password: { kind: password, per: [env], opens: [{ service: postgres, of: { app: shop } }] }
`;

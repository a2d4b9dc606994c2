// What the console is measured on: a lab of 1,000 workloads in 200 kinds, as a user writes it, that a worm takes whole
// where no policy is in force.
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';

const environments = ['prod', 'test', 'dev', 'ops'];
const services = Array.from({length: 50}, (_, at) => at);
const tiers = 10;

/** Writes a rehearsal named `big` of so many replicas of 50 services in four environments: five make 1,000 workloads. */
export function writeConsoleLab(folder: string, replicas: number): void {
	const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);
	write('big.topology.yaml', topologyText(replicas));
	write('worm.scenario.yaml', scenarioText);
	write('zones.policy.yaml', zonesText);
	write('least.policy.yaml', leastText);
	write('rehearsal.yaml', rehearsalText);
}

const topologyText = (replicas: number): string => `topology: big
environments: [${environments.join(', ')}]
networks:
  app: { cidr: 198.18.0.0/16 }
workloads:
${services
	.map(
		at => `  s${at}:
    in: [${environments.join(', ')}]
    replicas: ${replicas}
    labels: { tier: t${at % tiers} }
    network: app
    jewel: ${at % 25 === 0 ? '{ in: [prod] }' : 'false'}
    services: { http: { port: 8080, speaks: http }, ssh: { port: 22, speaks: ssh }, metrics: { port: 9100, speaks: http } }
    needs: [s${(at + 1) % services.length}:http]
`,
	)
	.join('')}`;

const scenarioText = `scenario: worm
foothold: { workload: s1-1.dev }
goal: everything
strategy: worm
techniques: [discover-hosts, discover-services, exploit-service, reuse-ssh-key, reuse-password, encrypt]
assume: { weak: all }
limits: { actions: 1000000, seconds: 3600 }
`;

const zonesText = `policy: zones
rules:
  - allow: an environment talks within itself
    same: [env]
`;

const leastText = `policy: least
guardrails:
  - deny: environments do not mix
    differ: [env]
rules:
${Array.from(
	{length: tiers},
	(_, at) => `  - allow: t${at} calls the next
    from: { tier: t${at} }
    to: { tier: t${(at + 1) % tiers} }
    same: [env]
    on: [http]
`,
).join('')}`;

const rehearsalText = `rehearsal: big
topology: big.topology.yaml
candidates: { zones: zones.policy.yaml, least: least.policy.yaml }
scenarios: [worm.scenario.yaml]
`;

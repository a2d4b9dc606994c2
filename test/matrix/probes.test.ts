import test from 'ava';
import {parseProbes} from '../../cli/matrix/probes.ts';
import {renderProblem} from '../../core/model/problem.ts';
import {renderPorts} from '../../core/reach/port-set.ts';

const read = (text: string): string => {
	const parsed = parseProbes(text);
	return parsed.kind === 'ok' ? renderPorts(parsed.ports) : parsed.problems.map(renderProblem).join('\n');
};

const right: readonly (readonly [string, string])[] = [
	['TCP 80,81 UDP 53', 'TCP 80-81,UDP 53'],
	['tcp 80 81', 'TCP 80-81'],
	['TCP 80,UDP 53,sctp 1-3', 'SCTP 1-3,TCP 80,UDP 53'],
	['UDP 53 TCP 80 UDP 54', 'TCP 80,UDP 53-54'],
];
for (const [text, ports] of right) test(`--probes '${text}' asks for ${ports}`, t => t.is(read(text), ports));

const wrong: readonly (readonly [string, string])[] = [
	['', "--probes:1:1: there is no port (write it 'TCP 80,81 UDP 53')"],
	['80', "--probes:1:1: port 80 has no protocol (write it 'TCP 80,81 UDP 53')"],
	['TCP UDP 53', "--probes:1:1: TCP has no port (write it 'TCP 80,81 UDP 53')"],
	['TCP 80 UPD 53', '--probes:1:8: UPD is neither a protocol (TCP, UDP, SCTP) nor a port (did you mean UDP?)'],
	['TCP 0', '--probes:1:5: 0 is no port: they are 1 to 65535'],
	['TCP 70000', '--probes:1:5: 70000 is no port: they are 1 to 65535'],
	['TCP 90-80', '--probes:1:5: 90-80 ends before it begins (write it 80-90)'],
	['TCP http', "--probes:1:5: http is neither a protocol (TCP, UDP, SCTP) nor a port (write it 'TCP 80,81 UDP 53')"],
];
for (const [text, problem] of wrong) test(`--probes '${text}' is refused at its word`, t => t.is(read(text), problem));

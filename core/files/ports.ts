// What a port may be written as: `443`, `443/tcp`, `8000-8080/udp`, `tcp`, `icmp`, or the name of a service or set.
import type {PortMatch} from '../model/policy.ts';
import {quote} from './wording.ts';

/** A text that names ports by number or protocol, a name that someone must look up, or what is wrong with it. */
export type PortText =
	| {readonly kind: 'ports'; readonly match: Exclude<PortMatch, {kind: 'service'}>}
	| {readonly kind: 'name'; readonly name: string}
	| {readonly kind: 'wrong'; readonly what: string; readonly mend: string};

/** Words that no service and no defined name can have, because they mean every port of a protocol. */
export const protocolWords = ['tcp', 'udp', 'sctp', 'icmp'] as const;

/** A port without a protocol is tcp. Numbers are 1 to 65535, and a range goes upwards. */
export function parsePorts(written: string | number): PortText {
	const text = String(written);
	for (const protocol of protocolWords)
		if (text === protocol) return {kind: 'ports', match: {kind: 'protocol', protocol}};
	const [numbers = '', protocol = 'tcp', ...more] = text.split('/');
	if (!/^[\d-]*\d[\d-]*$/.test(numbers)) return text.includes('/') ? wrong(text, how) : {kind: 'name', name: text};
	if (more.length > 0 || (protocol !== 'tcp' && protocol !== 'udp' && protocol !== 'sctp'))
		return wrong(text, protocol === 'icmp' ? 'icmp has no ports: write icmp' : how);
	const range = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(numbers);
	if (range === null) return wrong(text, how);
	const first = Number(range[1]);
	const last = Number(range[2] ?? range[1]);
	if (first < 1 || last > 65535 || first > 65535) return wrong(text, 'ports go from 1 to 65535');
	if (first > last) return wrong(text, `a range goes upwards: ${last}-${first}/${protocol}`);
	return {kind: 'ports', match: {kind: 'range', protocol, first, last}};
}

const how = 'a port is written 443/tcp, 53/udp or 8000-8080/tcp';
const wrong = (text: string, mend: string): PortText => ({
	kind: 'wrong',
	what: `${quote(text)} is not a port`,
	mend,
});

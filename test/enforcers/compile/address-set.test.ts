import test from 'ava';
import {parseCidr} from '../../../core/policy/address.ts';
import {
	addressSet,
	allAddresses,
	intersect,
	isAll,
	renderElements,
	subtract,
} from '../../../enforcers/compile/address-set.ts';

const set = (...cidrs: readonly string[]) => addressSet(cidrs.map(parseCidr));

test('ranges that overlap or touch become one, whatever their order', t => {
	t.deepEqual(renderElements(set('10.0.0.4/30', '10.0.0.0/30', '10.0.0.2/31')), ['10.0.0.0/29']);
	t.deepEqual(renderElements(set('10.0.0.3', '10.0.0.1', '10.0.0.2')), ['10.0.0.1-10.0.0.3']);
	t.deepEqual(renderElements(set('fd00::/127', 'fd00::3')), ['fd00::/127', 'fd00::3']);
});

test('except leaves the rest, up to both ends of the family', t => {
	t.deepEqual(renderElements(subtract(allAddresses(4), set('0.0.0.0', '255.255.255.255'))), [
		'0.0.0.1-255.255.255.254',
	]);
	t.deepEqual(renderElements(subtract(set('10.0.0.0/8'), set('10.0.0.0/9', '10.200.0.0/16'))), [
		'10.128.0.0-10.199.255.255',
		'10.201.0.0-10.255.255.255',
	]);
	t.deepEqual(subtract(set('10.0.0.0/8'), set('0.0.0.0/0')), []);
});

test('a set without one of its parts and that part make the set again', t => {
	const whole = set('10.0.0.0/8', '192.168.0.0/16');
	const part = set('10.3.0.0/16', '192.168.7.7');
	t.deepEqual(addressSet([...subtract(whole, part), ...intersect(whole, part)]), whole);
	t.false(isAll(whole));
	t.true(isAll(addressSet([...subtract(allAddresses(6), set('fd00::/8')), ...set('fd00::/8')])));
});

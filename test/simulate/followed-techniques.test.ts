import test from 'ava';
import {leftOut} from '../../core/simulate/followed-techniques.ts';

test('what a closure cannot follow is said once, by name; what it follows is not', t => {
	t.deepEqual(leftOut([{techniques: ['discover-hosts', 'exploit-service', 'fragment', 'encrypt']}]), []);
	t.deepEqual(leftOut([{techniques: ['tamper-enforcer']}, {techniques: ['ipv6-detour', 'tamper-enforcer']}]), [
		'a closure does not follow ipv6-detour, tamper-enforcer: the attacker itself may take more',
	]);
});
